import polars as pl
import pytest

from transforms.contracts import SENTENCE
from transforms.sentences import MAX_SENTENCE_CHARS, sentences


def article(body: str, title: str = "") -> pl.DataFrame:
    columns = {"article_id": [1], "title": [title], "body": [body]}
    return pl.DataFrame(columns, schema_overrides={"article_id": pl.Int64})


def of(body: str, title: str = "") -> pl.DataFrame:
    return sentences(article(body, title))


def split(body: str) -> list[str]:
    return of(body)["sentence"].to_list()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("قال ذلك. ثم مضى.", ["قال ذلك.", "ثم مضى."]),
        ("هل عاد؟ نعم! عاد", ["هل عاد؟", "نعم!", "عاد"]),
        ("هل عاد? نعم", ["هل عاد?", "نعم"]),
        ("حقا؟! نعم", ["حقا؟!", "نعم"]),
        ('قال: «نعم.» وأضاف: "لا!" ثم مضى.', ["قال: «نعم.»", 'وأضاف: "لا!"', "ثم مضى."]),
        ("(انتهى ذلك.) ثم مضى.", ["(انتهى ذلك.)", "ثم مضى."]),
        ("قال ”نعم.” ثم", ["قال ”نعم.”", "ثم"]),
        ("وقع ذلك سنة 2015. ثم مضى", ["وقع ذلك سنة 2015.", "ثم مضى"]),
        ("أول\nثان", ["أول", "ثان"]),  # headlines end without a mark
        ("انتهى.\nثم", ["انتهى.", "ثم"]),
    ],
)
def test_a_sentence_ends_at_a_mark_before_a_blank_and_at_each_line_end(body: str, expected: list[str]) -> None:
    assert split(body) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "بلا نهاية",
        "قال د. أحمد إن م. سالم عاد.",
        "قال أ.د. علي ذلك.",
        "قال (د. علي) ذلك.",
        "قال «د. علي» ذلك.",
        "ولد سنة 500 ق. م. في مصر.",
        "يقع في ص. ب. 12 هناك.",
        "صدر عام 1439 هـ. في مكة.",
        "بلغ 3.5 في المئة.",
        "بلغ 1.250.000 نسمة.",
        "زار جورج W. بوش مصر.",
        "زار الـ U.S. أمس.",
        "موقع www.example.com معروف.",
        "1. قم بذلك.",
        "١٢. قم بذلك.",
        "حسنا... ثم مضى.",
        "نعم… ثم مضى!",
        "قال.. ثم مضى.",
        "«هل سيعود؟»، سأل الوزير.",
        "أولا؛ ثانيا، ثالثا: رابعا.",
        ".",
        "...",
    ],
)
def test_one_sentence_stays_together(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("قال أحمد. م. سالم عاد.", ["قال أحمد.", "م. سالم عاد."]),  # «أحمد» only ends like «د.»
        ("بلغ عددهم 123. ثم", ["بلغ عددهم 123.", "ثم"]),
        ("في عام 15. ثم", ["في عام 15.", "ثم"]),  # the number of a list stands at its start
        ("زار NATO. ثم", ["زار NATO.", "ثم"]),  # no initial
        ("1. قم بهذا. 2. قم بذاك.", ["1. قم بهذا.", "2. قم بذاك."]),
        ("حسنا...\nثم مضى.", ["حسنا...", "ثم مضى."]),
        ("قال د.\nأحمد", ["قال د.", "أحمد"]),  # a paragraph ends whatever its last word is
    ],
)
def test_what_looks_like_an_abbreviation_or_a_pause_but_ends(body: str, expected: list[str]) -> None:
    assert split(body) == expected


def test_the_title_is_sentence_0_and_never_split() -> None:
    told = of("قال نعم. ثم مضى.", title="هل عاد؟ نعم. عاد!")
    assert told.select("sentence_no", "paragraph_no", "char_start", "char_end", "sentence").rows() == [
        (0, 0, 0, 17, "هل عاد؟ نعم. عاد!"),
        (1, 1, 0, 8, "قال نعم."),
        (2, 1, 9, 16, "ثم مضى."),
    ]


def test_without_a_title_sentences_start_at_1() -> None:
    told = of("أول.\nثان. ثالث\nرابع")
    assert told.select("sentence_no", "paragraph_no", "char_start", "char_end", "sentence").rows() == [
        (1, 1, 0, 4, "أول."),
        (2, 2, 5, 9, "ثان."),
        (3, 2, 10, 14, "ثالث"),
        (4, 3, 15, 19, "رابع"),
    ]


def test_offsets_count_code_points_not_bytes() -> None:
    body = "😂 كِتَابٌ. é👍🏽! نعم"
    told = of(body, title="😂")
    assert [body[start:end] for start, end in told.select("char_start", "char_end").rows()[1:]] == [
        "😂 كِتَابٌ.",
        "é👍🏽!",
        "نعم",
    ]


@pytest.mark.parametrize("word", ["كلمة ", "كلمة، ", "أ "])
def test_a_flood_without_end_marks_is_cut_at_blanks(word: str) -> None:
    body = (word * MAX_SENTENCE_CHARS).rstrip()
    told = split(body)
    assert len(told) > 1
    assert max(map(len, told)) <= MAX_SENTENCE_CHARS
    assert " ".join(told) == body


def test_a_flood_without_blanks_is_cut_at_the_bound() -> None:
    body = "ا" * (2 * MAX_SENTENCE_CHARS + 1)
    assert [len(sentence) for sentence in split(body)] == [MAX_SENTENCE_CHARS, MAX_SENTENCE_CHARS, 1]


def test_a_sentence_as_long_as_the_bound_is_whole() -> None:
    body = "ا" * MAX_SENTENCE_CHARS
    assert split(body) == [body]


def test_a_long_title_stays_whole() -> None:
    title = ("عنوان " * MAX_SENTENCE_CHARS).rstrip()
    assert of("نص", title=title)["sentence"].to_list() == [title, "نص"]


def test_articles_keep_their_order_and_their_offsets() -> None:
    articles = pl.DataFrame(
        {"article_id": [7, 3, 5], "title": ["أ. ب", "", "ج"], "body": ["د هـ", "نص. نص", "ثان"]},
        schema_overrides={"article_id": pl.Int64},
    )
    assert sentences(articles).select("article_id", "sentence_no", "char_start", "sentence").rows() == [
        (7, 0, 0, "أ. ب"),
        (7, 1, 0, "د هـ"),
        (3, 1, 0, "نص."),
        (3, 2, 4, "نص"),
        (5, 0, 0, "ج"),
        (5, 1, 0, "ثان"),
    ]


@pytest.mark.parametrize("articles", [article("نص."), article("نص.").clear()])
def test_the_frame_has_its_schema(articles: pl.DataFrame) -> None:
    assert sentences(articles).schema == pl.Schema(SENTENCE)
