"""Each example names the exact edits: (raw_start, raw_end, raw_text, replacement, reason)."""

from collections.abc import Callable

import polars as pl
import pytest

from transforms.cleaning import clean, is_joined
from transforms.contracts import EDIT, TEXT

Raw = Callable[..., pl.DataFrame]
Undone = Callable[..., str]
Edit = tuple[int, int, str, str, str]

EDIT_COLUMNS = ["raw_start", "raw_end", "raw_text", "replacement", "reason"]
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # man, woman and girl, joined into one
CODER = "\U0001f469\U0001f3fd\u200d\U0001f4bb"  # a woman with a skin tone, joined to a laptop
RAINBOW = "\U0001f3f3\ufe0f\u200d\U0001f308"


def cleaned(raw: pl.DataFrame, part: str = "body") -> tuple[str, list[Edit]]:
    """The clean text and the edits of the one article of a RAW frame."""
    texts, edits = clean(raw.with_row_index("row"))
    return texts.item(0, part), edits.filter(pl.col("part") == part).select(EDIT_COLUMNS).rows()


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير، أمس، إن الأمر انتهى.",
        "سطر أول\nسطر ثان",
        "كِتَابٌ وأحمد وإلى والــوزراء",  # the author's spelling stays
        "علی کتاب ٢٠٢٦ ۲۰۲۶",
        "قال شيئا, ثم مضى, ثم عاد",
        "1 < 2 و3 > 2",
        "<3",
        "A & B; C &",
        "مرتفع &foo; جدا &copy",  # unknown, or without its semicolon
        '«نعم»، "لا" (ربما) – حسنا…',
        f"عائلة{FAMILY}{CODER} {RAINBOW} ❤\ufe0f 1\ufe0f\u20e3 🇸🇦",
        "﴿آية﴾",  # ornate brackets have no other code point
        "",
    ],
)
def test_a_clean_text_has_no_edits(raw: Raw, text: str) -> None:
    assert cleaned(raw(("", text))) == (text, [])


@pytest.mark.parametrize(
    ("body", "text", "edits"),
    [
        ("قال ذلك., ثم مضى.", "قال ذلك.\nثم مضى.", [(8, 10, ", ", "\n", "paragraph_joiner")]),
        ("هل عاد؟, نعم.", "هل عاد؟\nنعم.", [(7, 9, ", ", "\n", "paragraph_joiner")]),
        ("نعم عاد!, ثم.", "نعم عاد!\nثم.", [(8, 10, ", ", "\n", "paragraph_joiner")]),
        ("«نعم.», ثم.", "«نعم.»\nثم.", [(6, 8, ", ", "\n", "paragraph_joiner")]),
        ('قال: "نعم.", ثم.', 'قال: "نعم."\nثم.', [(11, 13, ", ", "\n", "paragraph_joiner")]),
        ("لا..., ثم.", "لا...\nثم.", [(5, 7, ", ", "\n", "paragraph_joiner")]),
        (
            'ذلك., قال:, في "الغد", عنوان فرعي, ثم.',  # once there is evidence, every joiner counts
            'ذلك.\nقال:\nفي "الغد"\nعنوان فرعي\nثم.',
            [
                (4, 6, ", ", "\n", "paragraph_joiner"),
                (10, 12, ", ", "\n", "paragraph_joiner"),
                (21, 23, ", ", "\n", "paragraph_joiner"),
                (33, 35, ", ", "\n", "paragraph_joiner"),
            ],
        ),
        (
            "ذلك.,  ثم ,\u00a0عاد",  # with more white space, and a no-break space
            "ذلك.\nثم\nعاد",
            [(4, 7, ",  ", "\n", "paragraph_joiner"), (9, 12, " ,\u00a0", "\n", "paragraph_joiner")],
        ),
        ("ذلك., , ثم", "ذلك.\nثم", [(4, 8, ", , ", "\n", "paragraph_joiner")]),  # an empty paragraph between
        ("ذلك.<br>, ثم., ", "ذلك.\nثم.", [
            (4, 10, "<br>, ", "\n", "paragraph_joiner"),
            (13, 15, ", ", "", "paragraph_joiner"),  # an empty paragraph at the end
        ]),
        (", ذلك., ثم", "ذلك.\nثم", [
            (0, 2, ", ", "", "paragraph_joiner"),
            (6, 8, ", ", "\n", "paragraph_joiner"),
        ]),
    ],
)  # fmt: skip
def test_paragraphs_joined_by_commas_are_parted(raw: Raw, body: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw(("", body))) == (text, edits)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("انتهى., بلغ 20, 30 منها", "انتهى.\nبلغ 20, 30 منها"),
        ("انتهى., بلغ ٢٠, ٣٠ منها", "انتهى.\nبلغ ٢٠, ٣٠ منها"),
        ("انتهى., بلغ 1,000 منها", "انتهى.\nبلغ 1,000 منها"),
        ("انتهى., في London, UK ثم", "انتهى.\nفي London, UK ثم"),
        ("انتهى., في É, É ثم", "انتهى.\nفي É, É ثم"),
        ("انتهى., ثم,مضى", "انتهى.\nثم,مضى"),  # no blank behind it
    ],
)
def test_commas_between_digits_or_latin_words_are_spared(raw: Raw, body: str, text: str) -> None:
    assert cleaned(raw(("", body)))[0] == text


@pytest.mark.parametrize(
    ("body", "is_stated", "expected"),
    [
        ("قال ذلك., ثم مضى.", None, True),
        ("هل عاد؟», نعم", None, True),
        ("قال شيئا, ثم مضى, ثم عاد", None, False),  # translators type it
        ("قال شيئا: , ثم مضى", None, False),
        ("قال ذلك.,ثم مضى", None, False),
        ("زار الـ U.S., ثم عاد", None, False),  # the full stop of an abbreviation
        ("قال ذلك., ثم مضى.\nثم عاد", None, False),  # it has lines of its own
        ("\n قال ذلك., ثم مضى. \n", None, True),
        ("قال شيئا, ثم مضى", True, True),
        ("قال ذلك., ثم مضى.", False, False),
        ("قال ذلك.\nثم, مضى", True, True),
        ("", None, False),
    ],
)
def test_a_joined_body_shows_by_a_comma_behind_an_end_mark_or_is_stated(
    raw: Raw, body: str, is_stated: bool | None, expected: bool
) -> None:
    assert raw(("", body), is_joined=is_stated).select(is_joined()).to_series().to_list() == [expected]


def test_a_stated_form_needs_no_end_marks(raw: Raw) -> None:
    assert cleaned(raw(("", "عنوان فرعي, ثم مضى"), is_joined=True)) == (
        "عنوان فرعي\nثم مضى",
        [(10, 12, ", ", "\n", "paragraph_joiner")],
    )


def test_a_form_stated_otherwise_keeps_its_commas(raw: Raw) -> None:
    assert cleaned(raw(("", "قال ذلك., ثم مضى."), is_joined=False)) == ("قال ذلك., ثم مضى.", [])


def test_the_commas_of_a_title_join_nothing(raw: Raw) -> None:
    assert cleaned(raw(("قال., ثم", "قال., ثم"), is_joined=True), "title") == ("قال., ثم", [])


@pytest.mark.parametrize(
    ("body", "text", "edits"),
    [
        ("نص  ثان", "نص ثان", [(2, 4, "  ", " ", "whitespace")]),
        ("نص\u00a0ثان", "نص ثان", [(2, 3, "\u00a0", " ", "whitespace")]),
        ("نص\tثان", "نص ثان", [(2, 3, "\t", " ", "whitespace")]),
        ("نص \u3000 ثان", "نص ثان", [(2, 5, " \u3000 ", " ", "whitespace")]),
        (" نص ", "نص", [(0, 1, " ", "", "whitespace"), (3, 4, " ", "", "whitespace")]),
        ("نص\r\nثان", "نص\nثان", [(2, 4, "\r\n", "\n", "whitespace")]),
        ("نص\rثان", "نص\nثان", [(2, 3, "\r", "\n", "whitespace")]),
        ("نص\u2029ثان", "نص\nثان", [(2, 3, "\u2029", "\n", "whitespace")]),
        ("نص\x85ثان\x1cثالث", "نص\nثان\nثالث", [
            (2, 3, "\x85", "\n", "whitespace"),
            (6, 7, "\x1c", "\n", "whitespace"),
        ]),
        ("نص\n\n\nثان", "نص\nثان", [(2, 5, "\n\n\n", "\n", "whitespace")]),
        ("نص \n \t ثان", "نص\nثان", [(2, 7, " \n \t ", "\n", "whitespace")]),
        ("\n\nنص\n", "نص", [(0, 2, "\n\n", "", "whitespace"), (4, 5, "\n", "", "whitespace")]),
        ("نص, \nثان", "نص,\nثان", [(2, 5, ", \n", ",\n", "whitespace")]),  # not joined: the comma stays
        ("نص  , ثان", "نص , ثان", [(2, 6, "  , ", " , ", "whitespace")]),
        ("نص, ", "نص,", [(2, 4, ", ", ",", "whitespace")]),
    ],
)  # fmt: skip
def test_white_space_is_one_blank_or_one_line_break(raw: Raw, body: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw(("", body))) == (text, edits)


@pytest.mark.parametrize(
    ("body", "text", "edits"),
    [
        ("الـ\u200cوزراء", "الـوزراء", [(3, 4, "\u200c", "", "invisible")]),
        ("ال\u200bوزير", "الوزير", [(2, 3, "\u200b", "", "invisible")]),
        ("ال\u00adوزير", "الوزير", [(2, 3, "\u00ad", "", "invisible")]),
        ("ال\ufeffوزير", "الوزير", [(2, 3, "\ufeff", "", "invisible")]),
        ("ال\x00وزير", "الوزير", [(2, 3, "\x00", "", "invisible")]),
        ("ال\u200dوزير", "الوزير", [(2, 3, "\u200d", "", "invisible")]),  # joins no emoji
        ("\u202bنص\u202c", "نص", [(0, 1, "\u202b", "", "invisible"), (3, 4, "\u202c", "", "invisible")]),
        ("نص \u200f(BBC)\u200e.", "نص (BBC).", [
            (2, 4, " \u200f", " ", "invisible"),
            (9, 10, "\u200e", "", "invisible"),
        ]),
        ("نص\u2067\n\u2069ثان", "نص\nثان", [(2, 5, "\u2067\n\u2069", "\n", "invisible")]),
        ("نص,\u200fثان", "نص,ثان", [(2, 4, ",\u200f", ",", "invisible")]),
    ],
)  # fmt: skip
def test_what_shows_nothing_goes(raw: Raw, body: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw(("", body))) == (text, edits)


@pytest.mark.parametrize(
    ("body", "text", "edits"),
    [
        ("<p>أول</p><p>ثان</p>", "أول\nثان", [
            (0, 3, "<p>", "", "markup"),
            (6, 13, "</p><p>", "\n", "markup"),
            (16, 20, "</p>", "", "markup"),
        ]),
        ("أول<br>ثان", "أول\nثان", [(3, 7, "<br>", "\n", "markup")]),
        ("أول<BR />ثان", "أول\nثان", [(3, 9, "<BR />", "\n", "markup")]),
        ("أول</td><td>ثان", "أول\nثان", [(3, 12, "</td><td>", "\n", "markup")]),
        ("ال<b>وزير</b> ثم", "الوزير ثم", [(2, 5, "<b>", "", "markup"), (9, 14, "</b> ", " ", "markup")]),
        ('ال<b class="x">وزير', "الوزير", [(2, 15, '<b class="x">', "", "markup")]),  # the blank is the tag's
        ("قال<a\nhref='x'> الوزير", "قال الوزير", [(3, 16, "<a\nhref='x'> ", " ", "markup")]),
        ("أول<!-- <p> --> ثان", "أول ثان", [(3, 16, "<!-- <p> --> ", " ", "markup")]),
        ("أول <script>if (a < b) c\n</script>ثان", "أول ثان", [
            (3, 34, " <script>if (a < b) c\n</script>", " ", "markup"),
        ]),
        ("أول<SCRIPT>w('<b></b>' << 1)</SCRIPT >ثان", "أولثان", [
            (3, 38, "<SCRIPT>w('<b></b>' << 1)</SCRIPT >", "", "markup"),
        ]),
        ("<script>أول<script>ثان</script>", "أول", [
            (0, 8, "<script>", "", "markup"),
            (11, 31, "<script>ثان</script>", "", "markup"),
        ]),
        ("<style>p {}</style>نص", "نص", [(0, 19, "<style>p {}</style>", "", "markup")]),
        ("&lt;p&gt;أول&lt;/p&gt;ثان", "أول\nثان", [
            (0, 9, "&lt;p&gt;", "", "markup"),
            (12, 22, "&lt;/p&gt;", "\n", "markup"),
        ]),
        ("أول&amp;lt;br/&amp;gt;ثان", "أول\nثان", [(3, 22, "&amp;lt;br/&amp;gt;", "\n", "markup")]),
        ("<p>&nbsp;</p>نص", "نص", [(0, 13, "<p>&nbsp;</p>", "", "markup")]),
    ],
)  # fmt: skip
def test_markup_goes(raw: Raw, body: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw(("", body))) == (text, edits)


@pytest.mark.parametrize(
    ("body", "text", "edits"),
    [
        ("&quot;نعم&quot;", '"نعم"', [(0, 6, "&quot;", '"', "entity"), (9, 15, "&quot;", '"', "entity")]),
        ("AT&amp;T", "AT&T", [(2, 7, "&amp;", "&", "entity")]),
        ("AT&amp;amp;T", "AT&T", [(2, 11, "&amp;amp;", "&", "entity")]),
        ("&amp;quot;", '"', [(0, 10, "&amp;quot;", '"', "entity")]),
        ("&amp;amp;amp;quot;", '"', [(0, 18, "&amp;amp;amp;quot;", '"', "entity")]),
        ("&laquo;نعم", "«نعم", [(0, 7, "&laquo;", "«", "entity")]),
        ("&#1606;&#x639;م", "نعم", [(0, 7, "&#1606;", "ن", "entity"), (7, 14, "&#x639;", "ع", "entity")]),
        ("&#65275;", "لا", [(0, 8, "&#65275;", "لا", "entity")]),  # a presentation form behind an entity
        ("1 &lt; 2", "1 < 2", [(2, 6, "&lt;", "<", "entity")]),
        ("نص&nbsp;ثان", "نص ثان", [(2, 8, "&nbsp;", " ", "entity")]),
        ("نص &nbsp; &#160;ثان", "نص ثان", [(2, 16, " &nbsp; &#160;", " ", "entity")]),
        ("نص&amp;nbsp;ثان", "نص ثان", [(2, 12, "&amp;nbsp;", " ", "entity")]),
        ("نص&#13;&#10;ثان", "نص\nثان", [(2, 12, "&#13;&#10;", "\n", "entity")]),
        ("نص&ThickSpace;ثان", "نص ثان", [(2, 14, "&ThickSpace;", " ", "entity")]),
        ("ال&zwnj;وزير&#8207;", "الوزير", [(2, 8, "&zwnj;", "", "entity"), (12, 19, "&#8207;", "", "entity")]),
        ("R&amp;Db;", "R&Db;", [(1, 9, "&amp;Db;", "&Db;", "entity")]),  # unknown, yet its ampersand was escaped
    ],
)  # fmt: skip
def test_entities_become_their_characters(raw: Raw, body: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw(("", body))) == (text, edits)


@pytest.mark.parametrize("body", ["&notfoo;", "&nbspx;", "&ltb;", "&#;", "&#x;", "&;", "& quot;"])
def test_what_only_begins_like_an_entity_is_left(raw: Raw, body: str) -> None:
    assert cleaned(raw(("", body))) == (body, [])


@pytest.mark.parametrize(
    ("body", "text", "edits"),
    [
        ("\ufefb", "لا", [(0, 1, "\ufefb", "لا", "presentation_form")]),
        ("\ufdf2 ربي", "الله ربي", [(0, 1, "\ufdf2", "الله", "presentation_form")]),
        ("قال \ufdfa", "قال صلى الله عليه وسلم", [
            (4, 5, "\ufdfa", "صلى الله عليه وسلم", "presentation_form"),
        ]),
        ("\ufe8d\ufedf\ufecc\ufeae\ufe91\ufef2\ufe94", "العربية", [
            (0, 7, "\ufe8d\ufedf\ufecc\ufeae\ufe91\ufef2\ufe94", "العربية", "presentation_form"),
        ]),
        ("كتب\ufe76", "كتب\u064e", [(3, 4, "\ufe76", "\u064e", "presentation_form")]),  # an isolated vowel sign
        ("كتب\ufc60", "كتب\u064e\u0651", [(3, 4, "\ufc60", "\u064e\u0651", "presentation_form")]),  # two in one
    ],
)  # fmt: skip
def test_presentation_forms_become_letters(raw: Raw, body: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw(("", body))) == (text, edits)


@pytest.mark.parametrize(
    ("title", "text", "edits"),
    [
        ("عنوان\nثان", "عنوان ثان", [(5, 6, "\n", " ", "whitespace")]),
        ("عنوان <br> ثان", "عنوان ثان", [(5, 11, " <br> ", " ", "markup")]),
        (" عنوان \r\n", "عنوان", [(0, 1, " ", "", "whitespace"), (6, 9, " \r\n", "", "whitespace")]),
        ("عنوان&#10;ثان", "عنوان ثان", [(5, 10, "&#10;", " ", "entity")]),
        ("\ufeffعنوان", "عنوان", [(0, 1, "\ufeff", "", "invisible")]),
        (" \n ", "", [(0, 3, " \n ", "", "whitespace")]),
    ],
)
def test_a_title_is_one_line(raw: Raw, title: str, text: str, edits: list[Edit]) -> None:
    assert cleaned(raw((title, "نص")), "title") == (text, edits)


@pytest.mark.parametrize(
    ("body", "is_stated", "text"),
    [
        (" ", None, ""),
        ("\n\r\n\t", None, ""),
        ("\u200f\u200b\ufeff", None, ""),
        ("<p>&nbsp;</p>", None, ""),
        (", , , ", None, ", , ,"),
        (", , , ", True, ""),
        (" , ", True, ""),
        ("., , ., ", None, ".\n."),
        (",", True, ","),
    ],
)
def test_a_text_of_separators_alone(raw: Raw, body: str, is_stated: bool | None, text: str) -> None:
    assert cleaned(raw(("", body), is_joined=is_stated))[0] == text


def test_the_first_rule_that_matches_names_the_edit(raw: Raw) -> None:
    stretches = ["., \u200f<b>&nbsp;", "\u200f <b>&nbsp;", "\u200f &nbsp;", "\u200f  ", "  "]
    edits = [cleaned(raw(("", f"نص{stretch}ثان")))[1] for stretch in stretches]
    assert [[reason for *_, reason in edit] for edit in edits] == [
        ["paragraph_joiner"],
        ["markup"],
        ["entity"],
        ["invisible"],
        ["whitespace"],
    ]


def test_edits_are_numbered_through_an_article_the_title_first(raw: Raw) -> None:
    _, edits = clean(raw((" أ ", " ب"), ("أ", "ب"), ("أ", "ب  ج  د")).with_row_index("row"))
    assert edits.select("row", "edit_no", "part", "raw_start").rows() == [
        (0, 1, "title", 0),
        (0, 2, "title", 2),
        (0, 3, "body", 0),
        (2, 1, "body", 1),
        (2, 2, "body", 4),
    ]


def test_neighbours_in_the_batch_change_nothing(raw: Raw) -> None:
    texts = [("A", "1, "), ("2", ", ب., ج"), ("", ""), ("20", "ب., "), ("30, ", "C")]
    together, edits = clean(raw(*texts).with_row_index("row"))
    alone = [clean(raw(text).with_row_index("row")) for text in texts]
    assert together.drop("row").equals(pl.concat(text for text, _ in alone).drop("row"))
    assert edits.drop("row").equals(pl.concat(edit for _, edit in alone).drop("row"))


def test_undoing_the_edits_gives_the_raw_text(raw: Raw, undone: Undone) -> None:
    body = f" ذلك., <b>قال</b>&nbsp;\ufefb ,\u200f \r\n{FAMILY}&amp;quot;\u200b, ثم "
    text, edits = cleaned(raw(("", body), is_joined=True))
    assert text == f'ذلك.\nقال لا\n{FAMILY}"\nثم'
    assert undone(text, edits) == body


def test_the_frames_have_their_schemas(raw: Raw) -> None:
    for frame in (raw(("عنوان ", "نص  ثان")), raw()):
        texts, edits = clean(frame.with_row_index("row"))
        assert (texts.schema, edits.schema) == (pl.Schema(TEXT), pl.Schema(EDIT))
