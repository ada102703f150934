import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.contracts import WORD
from transforms.sentences import sentences
from transforms.words import forms as distinct_forms
from transforms.words import kind, with_word_count, words


def sentence_of(body: str, title: str = "") -> pl.DataFrame:
    article = {"article_id": [1], "title": [title], "body": [body]}
    return sentences(pl.DataFrame(article, schema_overrides={"article_id": pl.Int64}))


def forms(body: str) -> list[str]:
    return words(sentence_of(body))["form"].cast(pl.String).to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # punctuation is a word of its own, wherever it is attached
        ("«قال»: (نعم)؛ لا!", ["«", "قال", "»", ":", "(", "نعم", ")", "؛", "لا", "!"]),
        ("قال،قال", ["قال", "،", "قال"]),
        ("لا... نعم…", ["لا", "...", "نعم", "…"]),
        ("حقا؟!", ["حقا", "؟", "!"]),
        ("أ.د. علي", ["أ", ".", "د", ".", "علي"]),
        ("وزير/سفير", ["وزير", "/", "سفير"]),
        ("عربي-أمريكي", ["عربي", "-", "أمريكي"]),
        # numbers with their separators
        ("3.5 و 1,000 و 1.250.000", ["3.5", "و", "1,000", "و", "1.250.000"]),
        ("٢٫٥ ١٬٠٠٠ ۲۰۲۶", ["٢٫٥", "١٬٠٠٠", "۲۰۲۶"]),
        ("20/01/2017 10:30", ["20/01/2017", "10:30"]),
        ("29-27", ["29", "-", "27"]),
        ("-5 +3", ["-", "5", "+", "3"]),
        ("25% ٢٥٪", ["25", "%", "٢٥", "٪"]),
        ("$5 3€", ["$", "5", "3", "€"]),
        ("عام 2017.", ["عام", "2017", "."]),
        ("3, 4", ["3", ",", "4"]),
        ("2017م", ["2017", "م"]),
        # clitics are written to a number, words are glued to it
        ("و511 بـ15,000 الـ84", ["و511", "بـ15,000", "الـ84"]),
        ("وبالـ5 للـ20 ل20 و٥", ["وبالـ5", "للـ20", "ل20", "و٥"]),
        ("في2018 عام2018 من5", ["في", "2018", "عام", "2018", "من", "5"]),
        # words keep tatweel and diacritics
        ("الــوزراء لـ كِتَابٌ هٰذا", ["الــوزراء", "لـ", "كِتَابٌ", "هٰذا"]),
        ("کتاب علی گرم پاريس", ["کتاب", "علی", "گرم", "پاريس"]),
        # hashtags and mentions
        ("#عاصي_الحلاني، @BBCArabic!", ["#عاصي_الحلاني", "،", "@BBCArabic", "!"]),
        ("#كتابٌ #2026 #a1_b2", ["#كتابٌ", "#2026", "#a1_b2"]),
        ("#أول#ثان", ["#أول", "#ثان"]),
        ("# @ #_", ["#", "@", "#", "_"]),
        # addresses
        ("https://example.com/a?b=1&c=%20.", ["https://example.com/a?b=1&c=%20", "."]),
        ("(www.bbc.com/arabic)", ["(", "www.bbc.com/arabic", ")"]),
        ("http://x.y/، ثم", ["http://x.y/", "،", "ثم"]),
        ("إلى a.b-c@example.com.", ["إلى", "a.b-c@example.com", "."]),
        # Latin words
        ("Jean-Luc AT&T d’Or it's", ["Jean-Luc", "AT&T", "d’Or", "it's"]),
        ("U.S. قال", ["U.S", ".", "قال"]),
        ("COVID-19 F-16", ["COVID-19", "F-16"]),
        ("Müller São e\u0301te\u0301", ["Müller", "São", "e\u0301te\u0301"]),
        ("قناةBBC", ["قناة", "BBC"]),
        ("BBC-", ["BBC", "-"]),
        # the rest
        ("中文 Привет שלום", ["中文", "Привет", "שלום"]),
        ("نعم❤\ufe0f 🇸🇦🇪🇬", ["نعم", "❤\ufe0f", "🇸🇦", "🇪🇬"]),
        ("\U0001f469\U0001f3fd\u200d\U0001f4bb", ["\U0001f469\U0001f3fd\u200d\U0001f4bb"]),
        ("©", ["©"]),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("قال", "arabic"),
        ("كِتَابٌ", "arabic"),
        ("لـ", "arabic"),
        ("BBC", "latin"),
        ("COVID-19", "latin"),
        ("3.5", "number"),
        ("٢٫٥", "number"),
        ("بـ15,000", "number"),
        ("20/01/2017", "number"),
        ("#عاصي_الحلاني", "hashtag"),
        ("@BBCArabic", "hashtag"),
        ("https://example.com/a", "url"),
        ("www.bbc.com", "url"),
        ("a@example.com", "url"),
        ("،", "punctuation"),
        ("...", "punctuation"),
        ("٪", "punctuation"),
        ("$", "punctuation"),
        ("#", "punctuation"),
        ("中文", "other"),
        ("😂", "other"),
        ("🇸🇦", "other"),
        ("\x00", "other"),
    ],
)
def test_a_word_has_a_kind(form: str, expected: str) -> None:
    assert pl.DataFrame({"form": [form]}).select(kind(pl.col("form"))).item() == expected


def test_offsets_are_those_in_the_body_and_in_the_title() -> None:
    told = words(sentence_of("😂 نعم. قال «لا».\nثم", title="هل عاد؟"))
    assert told.with_columns(pl.col("form").cast(pl.String)).drop("article_id").rows() == [
        (0, 1, "هل", 0, 2),
        (0, 2, "عاد", 3, 6),
        (0, 3, "؟", 6, 7),
        (1, 4, "😂", 0, 1),
        (1, 5, "نعم", 2, 5),
        (1, 6, ".", 5, 6),
        (2, 7, "قال", 7, 10),
        (2, 8, "«", 11, 12),
        (2, 9, "لا", 12, 14),
        (2, 10, "»", 14, 15),
        (2, 11, ".", 15, 16),
        (3, 12, "ثم", 17, 19),
    ]


def test_each_article_counts_its_words_from_1() -> None:
    articles = pl.DataFrame(
        {"article_id": [9, 4], "title": ["أ", ""], "body": ["ب ج", "د"]}, schema_overrides={"article_id": pl.Int64}
    )
    assert words(sentences(articles)).select("article_id", "sentence_no", "word_no").rows() == [
        (9, 0, 1),
        (9, 1, 2),
        (9, 1, 3),
        (4, 1, 1),
    ]


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("قال «نعم»، ثم مضى. لا!", [4, 1]),
        ("... \nنعم", [0, 1]),  # punctuation alone
        ("بلغ 25% في #مصر 😂", [5]),
    ],
)
def test_the_words_of_a_sentence_are_counted_without_punctuation(body: str, counts: list[int]) -> None:
    bare = sentence_of(body)
    told = words(bare)
    assert with_word_count(bare, told, distinct_forms(told))["word_count"].to_list() == counts


@pytest.mark.parametrize("rows", [sentence_of("نص."), sentence_of("نص.").clear()])
def test_the_frame_has_its_schema(rows: pl.DataFrame) -> None:
    assert words(rows).schema == pl.Schema(WORD)


@given(st.lists(st.text(max_size=3), unique=True))
def test_punctuation_is_what_has_this_kind(texts: list[str]) -> None:
    told = distinct_forms(pl.DataFrame({"form": texts}, schema={"form": pl.Categorical}))
    assert told.filter("is_punctuation").equals(told.filter(kind(pl.col("form")) == "punctuation"))


def test_every_character_is_punctuation_where_it_is_of_this_kind() -> None:
    texts = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    told = distinct_forms(pl.DataFrame({"form": texts}, schema={"form": pl.Categorical}))
    assert told.filter("is_punctuation").equals(told.filter(kind(pl.col("form")) == "punctuation"))
    assert len(told.filter("is_punctuation")) > 800


def test_a_form_tells_how_many_words_have_it() -> None:
    told = words(sentences(pl.DataFrame({"article_id": [1, 2], "title": ["", ""], "body": ["نعم، نعم.", "لا نعم"]})))
    assert distinct_forms(told).select("form", "word_count").rows() == [("نعم", 3), ("،", 1), (".", 1), ("لا", 1)]
