"""One table for each form: a file's text -> its records and faults.

A record is shown as {column: value} without what is null or empty; a fault as (locator, reason).
"""

import csv as stdlib_csv
import io
from datetime import date, datetime

import polars as pl
import pytest

from flows.landing.faults import Fault
from flows.landing.forms import ant, csv, json, jsonl, parquet, text
from flows.landing.sources import Fields

Shown = dict[str, str] | tuple[str, str]


def shown(form, content: str | bytes, **fields: str) -> list[Shown]:
    """What a form's reader hands over."""
    found: list[Shown] = []
    try:
        for item in form.read(content, Fields(**fields)):
            is_fault = isinstance(item, Fault)
            found.append((item.locator, item.reason) if is_fault else {k: v for k, v in item.items() if v})
    except Fault as fault:
        found.append((fault.locator, fault.reason))
    return found


@pytest.mark.parametrize(
    ("content", "title", "body"),
    [
        ("عنوان\n\nفقرة أولى., فقرة ثانية.", "عنوان", "فقرة أولى., فقرة ثانية."),
        ("عنوان ينتهي بفراغ \n\nنص.", "عنوان ينتهي بفراغ ", "نص."),
        ("عنوان\nنص.", "عنوان", "نص."),
        ("عنوان\n\n\n\nفقرة أولى.\n\nفقرة ثانية.\n", "عنوان", "فقرة أولى.\n\nفقرة ثانية.\n"),
        ("عنوان\r\n\r\nفقرة.\r\nفقرة.", "عنوان\r", "فقرة.\r\nفقرة."),
        ("\r\n\nعنوان\n\nنص.", "عنوان", "نص."),
        ("  عنوان ذو مسافة\n\nنص.", "  عنوان ذو مسافة", "نص."),
        (" \t\n \nعنوان\n\nنص.", "عنوان", "نص."),
        ("سطر واحد بلا عنوان.", "", "سطر واحد بلا عنوان."),
        ("سطر واحد بلا نص.\n\n", "", "سطر واحد بلا نص.\n\n"),
        ("سطر واحد.\n \t \n", "", "سطر واحد.\n \t \n"),
        ("ع" * 300 + "\n\nنص.", "ع" * 300, "نص."),
        ("ع" * 301 + "\n\nنص.", "", "ع" * 301 + "\n\nنص."),
        ("\n \n", "", "\n \n"),
    ],
)
def test_a_text_file_is_a_title_line_and_a_body(content, title, body):
    assert list(text.read(content, Fields())) == [{"title": title, "body": body, "locator": ""}]


ANT = "<DOC>\n<DOCNO>SK-1</DOCNO>\n<URL>https://a.example/1</URL>\n<SRC>skynews</SRC>\n<CAT>sport</CAT>\n"
ANT += "<TITLE>فوز الأهلي</TITLE>\n<TIME>20/01/2017</TIME>\n<AUTHOR>دبي - سكاي</AUTHOR>\n"
ANT += "<ABSTRACT>\nملخص الخبر\n</ABSTRACT>\n<TEXT>\nفقرة أولى.\nفقرة ثانية.\n</TEXT>\n</DOC>\n"
ANT_COLUMNS = {
    "record_id": "SK-1", "url": "https://a.example/1", "category": "sport", "title": "فوز الأهلي",
    "published": "20/01/2017", "author": "دبي - سكاي", "abstract": "ملخص الخبر", "body": "فقرة أولى.\nفقرة ثانية.",
}  # fmt: skip


def doc(title: str, body: str, end: str = "</DOC>") -> str:
    return f"<DOC>\n<TITLE>{title}</TITLE>\n<TEXT>\n{body}\n</TEXT>\n{end}\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ANT, [ANT_COLUMNS]),
        (
            doc("أ", "نص أول") + doc("ب", "نص ثان"),
            [{"title": "أ", "body": "نص أول", "locator": "1"}, {"title": "ب", "body": "نص ثان", "locator": "2"}],
        ),
        (
            doc("أ", "نص أول", end="") + doc("ب", "نص ثان", end=""),
            [{"title": "أ", "body": "نص أول", "locator": "1"}, {"title": "ب", "body": "نص ثان", "locator": "2"}],
        ),
        ("<DOC>\n<TITLE>عنوان</TITLE>\n<TEXT>\nنص مقطو", [{"title": "عنوان", "body": "نص مقطو"}]),
        ("<DOC>\n<TITLE>عنوان\n<TEXT>\nنص\n</TEXT>\n</DOC>", [{"title": "عنوان", "body": "نص"}]),
        ("<DOC>\n<TEXT>نص</TEXT>\n<TITLE></TITLE>\n</DOC>", [{"body": "نص"}]),
        ("<DOC>\n<TEXT>\nقال: <TITLE> و</DIV>\n</TEXT>\n</DOC>", [{"body": "قال: <TITLE> و</DIV>"}]),
        (doc("أ", ""), [("", "no_text")]),
        (doc("أ", " \n ") + doc("ب", "نص"), [("1", "no_text"), {"title": "ب", "body": "نص", "locator": "2"}]),
        ("<DOC>\n<TITLE>أ</TITLE>\n<ABSTRACT>\nملخص\n</ABSTRACT>\n</DOC>", [("", "no_text")]),
        ("<DOC>", [("", "no_text")]),
        ("عنوان\n\nنص", [("", "bad_form")]),
        ("", [("", "bad_form")]),
    ],
)
def test_an_ant_file_is_read_document_by_document(content, expected):
    assert shown(ant, content) == expected


def test_an_ant_file_with_windows_line_ends_has_the_same_columns():
    (columns,) = shown(ant, ANT.replace("\n", "\r\n"))
    assert {name: value.replace("\r", "") for name, value in columns.items()} == ANT_COLUMNS
    assert not columns["body"].startswith("\r")


def test_an_ant_file_names_its_outlet_where_sources_toml_says_so():
    assert shown(ant, ANT, source="SRC") == [ANT_COLUMNS | {"source": "skynews"}]


ONE = {"title": "خبر", "body": "نص", "locator": "1"}
TWO = {"title": "خبر ثان", "body": "نص ثان", "locator": "2"}
RECORD, RECORD_2 = '{"title": "خبر", "body": "نص"}', '{"title": "خبر ثان", "body": "نص ثان"}'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"[{RECORD}, {RECORD_2}]", [ONE, TWO], id="array"),
        pytest.param(f" \r\n\t[ {RECORD} ]\n", [ONE], id="array in white space"),
        pytest.param(RECORD, [ONE], id="single object"),
        pytest.param(f'{{"count": 2, "tags": ["س"], "items": [{RECORD}, {RECORD_2}]}}', [ONE, TWO], id="holds one"),
        pytest.param(f'{{"outlets": [{{"name": "س"}}], "items": [{RECORD}]}}', [ONE], id="holds several"),
        pytest.param('{"title": "خبر", "body": "نص", "images": [{"src": "1.jpg"}]}', [ONE], id="article of images"),
        pytest.param('{"title": "خبر", "body": ["نص"], "authors": [{"name": "س"}]}', [ONE], id="article of authors"),
        pytest.param('{"content": [{"title": "خبر", "body": "نص"}]}', [ONE], id="content that is the records"),
        pytest.param("[]", [], id="no records"),
        pytest.param("{}", [("1", "no_text")], id="object without keys"),
        pytest.param('{"items": []}', [("1", "no_text")], id="object of no records"),
        pytest.param(f"[{RECORD}, {RECORD_2[:-9]}", [ONE, ("2", "bad_record")], id="cut in a record"),
        pytest.param(f"[{RECORD}, {RECORD_2}, ", [ONE, TWO, ("3", "bad_record")], id="cut between records"),
        pytest.param(
            f'{{"tags": ["س"], "items": [{RECORD}, {{"ti',
            [ONE, ("2", "bad_record")],
            id="cut in an inner array",
        ),
        pytest.param('{"title": "خبر", "tags": ["س", "ص"], "body": "نص مقطو', [("", "bad_form")], id="cut object"),
        pytest.param(
            f'[7, {RECORD}, {{"ti',
            [("1", "bad_record"), ONE | {"locator": "2"}, ("3", "bad_record")],
            id="cut in a mixed array",
        ),
        pytest.param(f"[{RECORD}, {{oops}}, {RECORD_2}]", [ONE, ("2", "bad_record")], id="broken in the middle"),
        pytest.param(f"[{RECORD}] trailing", [ONE, ("2", "bad_record")], id="more behind the array"),
        pytest.param(
            f'[7, "نص", null, ["نص"], {RECORD}]',
            [
                ("1", "bad_record"),
                ("2", "bad_record"),
                ("3", "bad_record"),
                ("4", "bad_record"),
                ONE | {"locator": "5"},
            ],
            id="records that are no objects",
        ),
        pytest.param('["\\ud800", {"\\ud800": 1}]', [("1", "bad_record"), ("2", "no_text")], id="faults of halves"),
        pytest.param('"نص"', [("", "bad_form")], id="a string"),
        pytest.param("عنوان\n\nنص", [("", "bad_form")], id="a text"),
        pytest.param("[" * 100_000, [("1", "bad_record")], id="deep array"),
        pytest.param('{"a":' * 100_000, [("", "bad_form")], id="deep object"),
        pytest.param('[{"id": ' + "1" * 5_000 + "}]", [("1", "bad_record")], id="longer number than Python reads"),
    ],
)
def test_a_json_file_is_read_record_by_record(content, expected):
    assert shown(json, content) == expected


@pytest.mark.parametrize("form", [json, jsonl])
@pytest.mark.parametrize("depth", [*range(940, 1_000, 3)])
def test_a_list_as_deep_as_python_reads_is_a_body_or_a_fault(form, depth):
    (found,) = shown(form, '{"body": ' + "[" * depth + "]" * depth + "}")
    assert found in (("1", "bad_record"), ("", "bad_form")) or set(found) == {"body", "locator"}


@pytest.mark.parametrize(
    ("record", "fields", "expected"),
    [
        pytest.param('{"headline": "خبر", "text": "نص"}', {}, {"title": "خبر", "body": "نص"}, id="usual names"),
        pytest.param('{"t": "خبر", "c": "نص"}', {"title": "t", "body": "c"}, {"title": "خبر", "body": "نص"}, id="own"),
        pytest.param('{"text": "نص", "c": "غيره"}', {"body": "c"}, {"body": "غيره"}, id="stated before usual"),
        pytest.param(
            '{"meta": {"by": {"name": "سلمى"}}, "body": "نص"}',
            {"author": "meta.by.name"},
            {"author": "سلمى", "body": "نص"},
            id="dots reach into objects",
        ),
        pytest.param('{"a.b": "نص", "a": {"b": "غيره"}}', {"body": "a.b"}, {"body": "نص"}, id="a key with a dot"),
        pytest.param('{"meta": "x", "body": "نص"}', {"author": "meta.name"}, {"body": "نص"}, id="dots reach nothing"),
        pytest.param('{"meta": null, "body": "نص"}', {"author": "meta.name"}, {"body": "نص"}, id="dots reach null"),
        pytest.param('{"body": ["فقرة", "فقرة ثانية"]}', {}, {"body": "فقرة\nفقرة ثانية"}, id="list of paragraphs"),
        pytest.param('{"id": 4111, "body": "نص"}', {}, {"record_id": "4111", "body": "نص"}, id="number as id"),
        pytest.param('{"id": 0, "body": "نص"}', {}, {"record_id": "0", "body": "نص"}, id="zero as id"),
        pytest.param('{"date": 1763388000, "body": "نص"}', {}, {"published": "1763388000", "body": "نص"}, id="epoch"),
        pytest.param(
            '{"body": "نص\\ud800!", "title": "\\udc00"}', {}, {"title": "\ufffd", "body": "نص\ufffd!"}, id="halves"
        ),
        pytest.param('{"body": "\\ud83d\\ude00"}', {}, {"body": "😀"}, id="two halves are one"),
        pytest.param('{"source": " sahel ", "body": "نص"}', {}, {"body": "نص"}, id="no outlet unless stated"),
        pytest.param('{"s": "sahel", "body": "نص"}', {"source": "s"}, {"source": "sahel", "body": "نص"}, id="outlet"),
        pytest.param('{"d": "2026", "body": "نص"}', {"delivered_at": "d"}, {"delivered": "2026", "body": "نص"}, id="d"),
        pytest.param('{"title": "خبر", "body": " "}', {}, "no_text", id="blank body"),
        pytest.param('{"title": "خبر", "body": null}', {}, "no_text", id="null body"),
        pytest.param('{"title": "خبر", "body": []}', {}, "no_text", id="empty list"),
        pytest.param('{"title": "خبر", "body": "نص"}', {"body": "content"}, "no_text", id="stated body is missing"),
    ],
)
@pytest.mark.parametrize("form", [json, jsonl])
def test_a_record_becomes_columns_by_the_mapping(form, record, fields, expected):
    expected = ("1", expected) if isinstance(expected, str) else expected | {"locator": "1"}
    assert shown(form, record, **fields) == [expected]


def test_a_record_without_text_says_which_keys_it_has():
    (fault,) = json.read('{"title": "خبر", "nass": "نص"}', Fields())
    assert (fault.detail, fault.excerpt) == (
        "the record has no text in a known name for the body; its keys: title, nass",
        "خبر",
    )


def test_a_record_of_a_flood_of_keys_says_only_the_first():
    (fault,) = json.read("{" + ", ".join(f'"key{number}": 1' for number in range(10_000)) + "}", Fields())
    assert fault.detail.endswith("key71, key72,…")
    assert len(fault.detail) < 600


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"{RECORD}\n{RECORD_2}\n", [ONE, TWO], id="a record a line"),
        pytest.param(f"{RECORD}\r\n{RECORD_2}\r\n", [ONE, TWO], id="windows line ends"),
        pytest.param(f"\n{RECORD_2}\n\n", [TWO], id="blank lines count"),
        pytest.param(
            f'{RECORD}\n{{"title": "مقطو\n{RECORD_2}', [ONE, ("2", "bad_record"), TWO | {"locator": "3"}], id="broken"
        ),
        pytest.param(f"{RECORD}\n{RECORD_2[:-4]}", [ONE, ("2", "bad_record")], id="cut"),
        pytest.param(f"7\n{RECORD_2}", [("1", "bad_record"), TWO], id="no object"),
        pytest.param('{"body": "سطر\u2028واحد"}', [{"body": "سطر\u2028واحد", "locator": "1"}], id="line separator"),
        pytest.param('{"a":' * 100_000 + f"\n{RECORD_2}", [("1", "bad_record"), TWO], id="deep"),
        pytest.param('{"id": ' + "1" * 5_000 + f"}}\n{RECORD_2}", [("1", "bad_record"), TWO], id="long number"),
        pytest.param("عنوان\n\nنص", [("1", "bad_record"), ("3", "bad_record")], id="a text"),
        pytest.param("\n \n", [], id="blank"),
    ],
)
def test_json_lines_are_read_line_by_line(content, expected):
    assert shown(jsonl, content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("title,body\nخبر,نص\nخبر ثان,نص ثان\n", [ONE, TWO], id="commas"),
        pytest.param("title;body\r\nخبر;نص\r\n", [ONE], id="semicolons"),
        pytest.param("title\tbody\nخبر\tنص\n", [ONE], id="tabs"),
        pytest.param("title|body\nخبر|نص\n", [ONE], id="bars"),
        pytest.param("\r\n\ntitle,body\nخبر,نص", [ONE], id="blank lines first"),
        pytest.param("title,body\n\nخبر,نص\n\n", [ONE], id="blank lines"),
        pytest.param('"title","body"\n"خبر","نص"', [ONE], id="quoted"),
        pytest.param(
            'title,body\nخبر,"فقرة أولى، قال: ""نعم"".\nفقرة, ثانية"\n',
            [{"title": "خبر", "body": 'فقرة أولى، قال: "نعم".\nفقرة, ثانية', "locator": "1"}],
            id="quoted newline, comma and quote",
        ),
        pytest.param("title;body\nخبر;نص, وفاصلة\n", [ONE | {"body": "نص, وفاصلة"}], id="a comma in a cell"),
        pytest.param("title,body\nخبر,نص,زائد\nخبر ثان,نص ثان", [("1", "bad_record"), TWO], id="too many cells"),
        pytest.param("body,title\nنص\n", [{"body": "نص", "locator": "1"}], id="too few cells"),
        pytest.param("title,body\nخبر\n", [("1", "no_text")], id="no body"),
        pytest.param("body\nنص\n", [{"body": "نص", "locator": "1"}], id="one column"),
        pytest.param("title,body\nخبر," + "ن" * 200_000, [ONE | {"body": "ن" * 200_000}], id="a long cell"),
        pytest.param("title,body\n", [], id="a header alone"),
        pytest.param("عنوان\n\nنص الخبر\n", [("1", "no_text")], id="a text"),
    ],
)
def test_a_csv_file_is_read_row_by_row(content, expected):
    assert shown(csv, content) == expected


def in_parquet(**columns: list) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


FAR_FUTURE = pl.Series([2**60], dtype=pl.Int64).cast(pl.Datetime("us"))
NEWS = in_parquet(title=["خبر", "خبر ثان"], body=["نص", "نص ثان"])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(NEWS, [ONE, TWO], id="rows"),
        pytest.param(
            in_parquet(body=["نص"], id=[7], published=[datetime(2026, 11, 17, 5, 30)]),
            [{"body": "نص", "record_id": "7", "published": "2026-11-17 05:30:00", "locator": "1"}],
            id="types",
        ),
        pytest.param(
            in_parquet(body=["نص"], date=[date(2026, 11, 17)]),
            [{"body": "نص", "published": "2026-11-17", "locator": "1"}],
            id="a day",
        ),
        pytest.param(in_parquet(body=[["أ", "ب"]]), [{"body": "أ\nب", "locator": "1"}], id="paragraphs"),
        pytest.param(in_parquet(body=["نص".encode()]), [{"body": "نص", "locator": "1"}], id="text as bytes"),
        pytest.param(in_parquet(body=[None, "نص"]), [("1", "no_text"), {"body": "نص", "locator": "2"}], id="null"),
        pytest.param(in_parquet(nass=["نص"]), [("1", "no_text")], id="unknown names"),
        pytest.param(NEWS[:-20], [("", "bad_form")], id="cut"),
        pytest.param(NEWS[:4], [("", "bad_form")], id="its first bytes"),
        pytest.param(in_parquet(body=["نص"], at=[FAR_FUTURE]), [("", "bad_form")], id="a time that Python has not"),
        pytest.param(NEWS[:4] + bytes(len(NEWS) - 8) + NEWS[-4:], [("", "bad_form")], id="emptied"),
        pytest.param("عنوان\n\nنص".encode(), [("", "bad_form")], id="a text"),
    ],
)
def test_a_parquet_file_is_read_row_by_row(content, expected):
    assert shown(parquet, content) == expected


def test_a_parquet_column_may_be_reached_by_dots():
    data = in_parquet(article=[{"title": "خبر", "text": "نص"}])
    assert shown(parquet, data, title="article.title", body="article.text") == [ONE]


def test_a_small_csv_does_not_narrow_what_the_process_may_read():
    before = stdlib_csv.field_size_limit()
    shown(csv, "title;body\nخبر;نص\n")
    assert stdlib_csv.field_size_limit() >= before
