"""A batch of files -> one raw frame and an account of every file."""

import gzip
import hashlib
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import fsspec
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.landing import fetch
from flows.landing import read as read_module
from flows.landing.discover import discover
from flows.landing.file import LandingFile
from flows.landing.read import Reading, read
from flows.landing.sources import Source, Sources
from transforms.contracts import FAULTS, FILE, RAW, REJECTION

SEED = "الكرملين: الظرف غير مناسب \n\nانشغلت الأوساط السياسية., وأضافت الرئاسة الروسية., يشار إلى ذلك."
ANT = "<DOC>\n<DOCNO>1</DOCNO>\n<TITLE>خبر</TITLE>\n<TEXT>\nفقرة.\nفقرة.\n</TEXT>\n</DOC>"
ARRAY = '[{"title": "خبر", "body": "نص"}, {"title": "خبر ثان", "body": "نص ثان"}]'
LINES = '{"title": "خبر", "body": "نص"}\n{"title": "خبر ثان", "body": "نص ثان"}\n'
PAGE = "<!doctype html><html><head><title>خبر</title></head><body><p>نص الخبر في فقرة واحدة.</p></body></html>"
TABLE = "id;title;body\n1;خبر;نص\n2;خبر ثان;نص ثان\n"


def in_parquet() -> bytes:
    file = io.BytesIO()
    pl.DataFrame({"title": ["خبر", "خبر ثان"], "body": ["نص", "نص ثان"]}).write_parquet(file)
    return file.getvalue()


def reasons(found: Reading) -> dict[str, str]:
    return dict(found.rejection.select("file", "reason").iter_rows())


def test_the_frames_keep_their_contract(read_files):
    for found in (read([], Sources()), read_files({"a/1.txt": SEED, "a/2.txt": b""})):
        assert found.raw.schema == pl.Schema(RAW)
        assert found.file.schema == pl.Schema(FILE)
        assert found.rejection.schema == pl.Schema(REJECTION)


def test_a_text_file_is_one_raw_row(read_files):
    found = read_files({"alufuq/2026-11-17/خبر.txt": SEED})
    sha256 = hashlib.sha256(SEED.encode()).hexdigest()
    (row,) = found.raw.to_dicts()
    assert {name: value for name, value in row.items() if value is not None} == {
        "file": "alufuq/2026-11-17/خبر.txt",
        "locator": "",
        "file_sha256": sha256,
        "encoding": "utf-8",
        "source_id": "alufuq",
        "timezone": "UTC",
        "path": "2026-11-17/خبر.txt",
        "title": "الكرملين: الظرف غير مناسب ",
        "body": SEED.partition("\n\n")[2],
        "path_on": date(2026, 11, 17),
    }
    (account,) = found.file.drop("modified_at").to_dicts()
    assert account == {
        "file": "alufuq/2026-11-17/خبر.txt", "source_id": "alufuq", "size": len(SEED.encode()),
        "fingerprint": None, "archive": None, "sha256": sha256, "encoding": "utf-8", "form": "joined",
    }  # fmt: skip
    assert found.rejection.is_empty()


@pytest.mark.parametrize(
    ("content", "form", "titles"),
    [
        (SEED, "joined", ["الكرملين: الظرف غير مناسب "]),
        ("خبر\n\nفقرة أولى.\nفقرة ثانية.", "paragraphs", ["خبر"]),
        ("خبر\n\nقال, وأضاف في سطر واحد.", "paragraphs", ["خبر"]),
        (ANT, "ant", ["خبر"]),
        (ARRAY, "json", ["خبر", "خبر ثان"]),
        (LINES, "jsonl", ["خبر", "خبر ثان"]),
        (TABLE, "csv", ["خبر", "خبر ثان"]),
        (in_parquet(), "parquet", ["خبر", "خبر ثان"]),
    ],
)
def test_a_form_is_read_by_content_whatever_the_file_is_called(read_files, content, form, titles):
    found = read_files({"a/1.bin": content})
    assert found.raw.get_column("title").to_list() == titles
    assert found.file.get_column("form").to_list() == [form]
    assert found.rejection.is_empty()


MULTILINE = '{\n"title": "خبر",\n"body": "نص"}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le"])
@pytest.mark.parametrize("content", [SEED, ANT, ARRAY, MULTILINE, LINES, "title;body\nخبر;نص\n"])
def test_a_mark_at_the_start_hides_no_column(read_files, content, encoding):
    plain = read_files({"a/1": content})
    marked = read_files({"a/1": f"\ufeff{content}".encode(encoding)}, {"id": "a", "encoding": encoding})
    assert marked.raw.select("title", "body").equals(plain.raw.select("title", "body"))
    assert plain.raw.height > 0


@pytest.mark.parametrize(("form", "is_joined"), [("joined", True), ("paragraphs", False)])
def test_a_stated_form_of_text_is_kept(read_files, form, is_joined):
    found = read_files({"a/1.txt": SEED}, {"id": "a", "form": form})
    assert found.raw.get_column("is_joined").to_list() == [is_joined]
    assert found.file.get_column("form").to_list() == [form]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ("ant", "bad_form"),
        ("json", "bad_form"),
        ("jsonl", "bad_record"),
        ("csv", "no_text"),
        ("parquet", "bad_form"),
    ],
)
def test_a_file_that_has_not_its_stated_form_is_named(read_files, form, reason):
    found = read_files({"a/1.txt": "عنوان\n\nنص الخبر في سطر."}, {"id": "a", "form": form})
    assert found.raw.is_empty()
    assert found.file.get_column("form").to_list() == [form]
    assert set(found.rejection.get_column("reason")) == {reason}


@pytest.mark.parametrize(
    ("content", "form"),
    [("[]", "json"), ("id,title,body\n", "csv"), ("\n\n", "jsonl"), (in_parquet(), "parquet")],
)
def test_a_file_of_no_records_is_named(read_files, content, form):
    if form == "parquet":
        file = io.BytesIO()
        pl.read_parquet(content).clear().write_parquet(file)
        content = file.getvalue()
    found = read_files({"a/1": content}, {"id": "a", "form": form})
    assert found.raw.is_empty()
    assert found.rejection.select("reason", "detail").rows() == [("no_text", "the file holds no records")]


def test_a_fault_in_one_file_does_not_stop_the_others(read_files):
    files = {
        "a/1.txt": SEED,
        "a/2.txt": b"",
        "a/3.jpg": b"\xff\xd8\xff\xe0" + bytes(200),
        "a/4.txt": bytes(range(0x80, 0x100)) * 9,
        "a/5.json": '[{"title": "خبر", "body": "نص"}, {"ti',
        "a/6.json": "{}\n",
        "a/7.parquet": in_parquet()[:-20],
        "a/8.txt": SEED,
    }
    found = read_files(files)
    assert found.file.get_column("file").to_list() == list(files)
    assert found.raw.get_column("file").to_list() == ["a/1.txt", "a/5.json", "a/8.txt"]
    assert reasons(found) == {
        "a/2.txt": "empty_file",
        "a/3.jpg": "not_text",
        "a/4.txt": "undecodable",
        "a/5.json": "bad_record",
        "a/6.json": "no_text",
        "a/7.parquet": "bad_form",
    }
    assert set(reasons(found).values()) <= set(FAULTS)
    hashes = {name: hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
              for name, data in files.items()}  # fmt: skip
    assert dict(found.file.select("file", "sha256").iter_rows()) == hashes
    assert all(hashes[file] == sha for file, sha in found.rejection.select("file", "file_sha256").iter_rows())


def test_a_rejection_tells_where_in_the_file_and_shows_an_excerpt(read_files):
    found = read_files({"a/1.jsonl": '{"title": "خبر", "body": "نص"}\n{"title": "مقطو\n{"title": "بلا نص"}'})
    assert found.rejection.select("source_id", "locator", "reason", "excerpt").rows() == [
        ("a", "2", "bad_record", '{"title": "مقطو'),
        ("a", "3", "no_text", "بلا نص"),
    ]


def test_a_file_that_is_gone_after_discovery_is_unreadable(landing):
    place = landing({"a/1.txt": SEED, "a/2.txt": SEED})
    files = discover([place])
    Path(place, "a/1.txt").unlink()
    found = read(files, Sources())
    assert reasons(found) == {"a/1.txt": "unreadable"}
    assert found.file.select("file", "sha256", "encoding", "form").row(0) == ("a/1.txt", None, None, None)
    assert found.raw.get_column("file").to_list() == ["a/2.txt"]


def test_a_file_above_the_limit_is_too_large_and_not_fetched(landing, monkeypatch):
    place = landing({"a/1.txt": "نص" * 20, "a/2.txt": "نص"})
    files = discover([place])
    Path(place, "a/1.txt").unlink()
    monkeypatch.setattr(fetch, "MAX_FILE_BYTES", 79)
    found = read(files, Sources())
    assert found.rejection.select("file", "reason", "detail").rows() == [
        ("a/1.txt", "too_large", "80 bytes; the limit is 79")
    ]
    assert found.raw.height == 1


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026-11-17/1.txt", date(2026, 11, 17)),
        ("20261117.txt", date(2026, 11, 17)),
        ("SK-middleEast-3177-20180730.txt", date(2018, 7, 30)),
        ("خبر_2026-11-17_أ.txt", date(2026, 11, 17)),
        ("2026-11-17/1-20261118.txt", date(2026, 11, 18)),
        ("20261118/2026-11-17.txt", date(2026, 11, 17)),
        ("2026-11-17/2026-02-30.txt", date(2026, 11, 17)),
        ("2024-02-29.txt", date(2024, 2, 29)),
        ("2026-02-29.txt", None),
        ("2026-13-45.txt", None),
        ("20231399.txt", None),
        ("2026-1117.txt", None),
        ("2026-11-171.txt", None),
        ("120261117.txt", None),
        ("202611170530.txt", None),
        ("4d20261117.txt", date(2026, 11, 17)),
        ("18261117.txt", None),
        ("2026/11/17/1.txt", None),
        ("1.txt", None),
    ],
)
def test_the_last_valid_day_of_a_path_is_taken(read_files, path, day):
    found = read_files({f"a/{path}": SEED})
    assert found.raw.get_column("path_on").to_list() == [day]


def test_a_day_in_the_outlets_own_folder_dates_nothing(read_files):
    entries = [{"id": "b", "match": "corpus-2018-01-01/b/**", "published_on": "2021-01-27"}]
    found = read_files({"a-2018-01-01/1.txt": SEED, "corpus-2018-01-01/b/2.txt": SEED}, *entries)
    assert found.raw.select("source_id", "path", "path_on", "stated_on").rows() == [
        ("a-2018-01-01", "1.txt", None, None),
        ("b", "2.txt", None, date(2021, 1, 27)),
    ]


def test_a_feed_names_the_outlet_of_each_record(read_files):
    records = [
        {"outlet": "sahel-rabat", "body": "نص"},
        {"outlet": " sahel-tunis ", "body": "نص"},
        {"outlet": "", "body": "نص"},
        {"outlet": None, "body": "نص"},
    ]
    found = read_files(
        {"feed/1.json": json.dumps(records)},
        {"id": "feed", "timezone": "Asia/Dubai", "fields": {"source": "outlet"}},
        {"id": "sahel-rabat", "timezone": "Africa/Casablanca"},
    )
    assert found.raw.select("source_id", "timezone", "locator").rows() == [
        ("sahel-rabat", "Africa/Casablanca", "1"),
        ("sahel-tunis", "Asia/Dubai", "2"),
        ("feed", "Asia/Dubai", "3"),
        ("feed", "Asia/Dubai", "4"),
    ]
    assert found.file.get_column("source_id").to_list() == ["feed"]


def test_the_stated_encoding_is_of_its_outlet_only(read_files):
    found = read_files(
        {"a/1.txt": SEED.encode("windows-1256"), "b/1.txt": SEED}, {"id": "a", "encoding": "windows-1256"}
    )
    assert found.raw.get_column("title").unique().to_list() == ["الكرملين: الظرف غير مناسب "]
    assert found.file.get_column("encoding").to_list() == ["windows-1256", "utf-8"]


@pytest.mark.parametrize(
    ("below", "file", "entries", "outlet"),
    [
        pytest.param("", "1.txt", [], "landing", id="by the folder of the landing"),
        pytest.param("/alufuq", "alufuq/1.txt", [], "alufuq", id="by the outlet's own folder"),
        pytest.param("/alufuq/*.txt", "alufuq/1.txt", [], "alufuq", id="by the folder of a glob"),
        pytest.param("", "1.txt", [{"id": "alufuq", "match": "*.txt"}], "alufuq", id="by what an entry matches"),
        pytest.param(
            "/alufuq", "alufuq/1.txt", [{"id": "b", "match": "alufuq/**"}], "b", id="by an entry for its folder"
        ),
        pytest.param("", "all.zip", [], "landing", id="within an archive"),
        pytest.param("", "1.txt.gz", [], "landing", id="packed"),
    ],
)
def test_what_lies_directly_in_a_landing_is_of_the_outlet_that_it_is_named_after(landing, below, file, entries, outlet):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("1.txt", SEED)
    content = {"zip": packed.getvalue(), "gz": gzip.compress(SEED.encode())}.get(file.rpartition(".")[2], SEED)
    sources = Sources(source=tuple(Source.model_validate(entry) for entry in entries))
    found = read(discover([landing({file: content}) + below]), sources)
    assert found.raw.get_column("source_id").to_list() == [outlet]
    assert found.file.get_column("source_id").unique().to_list() == [outlet]


def test_an_article_is_the_same_whether_its_outlet_or_the_folder_above_is_the_landing(landing):
    place = landing({"alufuq/1.txt": SEED})
    for address in (place, f"{place}/alufuq", f"{place}/alufuq/*"):
        found = read(discover([address]), Sources())
        assert found.raw.select("source_id", "path").rows() == [("alufuq", "1.txt")]


def test_a_link_is_refused_and_the_files_around_it_are_read(landing, tmp_path: Path):
    place = landing({"a/1.txt": SEED, "a/3.txt": SEED, "../secret.txt": SEED})
    (tmp_path / "landing/a/2.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "landing/a/x.zip").symlink_to("/etc")
    found = read(discover([place]), Sources())
    assert found.raw.get_column("file").to_list() == ["a/1.txt", "a/3.txt"]
    assert reasons(found) == {"a/2.txt": "refused_link", "a/x.zip": "refused_link"}
    assert found.file.select("file", "sha256").rows()[1] == ("a/2.txt", None)


@pytest.mark.parametrize("line", ["{}", '{"body": "نص"}'])
def test_records_beyond_the_limit_are_not_read_and_those_before_are_kept(read_files, monkeypatch, line):
    monkeypatch.setattr(read_module, "MAX_RECORDS", 3)
    found = read_files(
        {"a/1.jsonl": LINES + f"{line}\n" * 5, "a/2.jsonl": LINES + f"{line}\n"}, {"id": "a", "form": "jsonl"}
    )
    told = found.rejection.filter(reason="too_large").select("file", "detail").rows()
    assert told == [("a/1.jsonl", "more than 3 records: the others are not read; split the file")]
    assert found.raw.height + found.rejection.filter(reason="no_text").height == 6


FORMS = (None, "joined", "paragraphs", "ant", "json", "jsonl", "csv", "parquet", "html")
SEEDS = [
    SEED.encode(), ("\ufeff" + SEED).encode(), SEED.encode("utf-16"), SEED.encode("windows-1256"),
    ANT.encode(), ARRAY.encode(), LINES.encode(), TABLE.encode(),
    PAGE.encode(), PAGE.encode("windows-1256"),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A good file that was cut, got flipped bits or a piece of another file."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["cut", "flip", "splice"])):
            case "cut":
                del data[place:]
            case "flip" if place < len(data):
                data[place] ^= 1 << draw(st.integers(0, 7))
            case "splice":
                other = draw(st.sampled_from(seeds))
                data[place:place] = other[draw(st.integers(0, len(other))) :]
    return bytes(data)


def assert_each_file_is_accounted_for(contents: list[tuple[bytes, str | None]], encoding: str | None = None) -> None:
    memory = fsspec.filesystem("memory")
    files, entries = [], []
    for number, (data, form) in enumerate(contents):
        memory.pipe(f"/any/{number}/1", data)
        files.append(LandingFile(f"{number}/1", len(data), datetime(2026, 11, 17), f"/any/{number}/1", memory))
        entries.append(Source(id=str(number), form=form, encoding=encoding))
    found = read(files, Sources(source=tuple(entries)))
    names = {item.file for item in files}
    assert set(found.file.get_column("file")) == names
    assert set(found.raw.get_column("file")) | set(found.rejection.get_column("file")) == names
    assert set(found.rejection.get_column("reason")) <= set(FAULTS)
    assert found.raw.get_column("title").null_count() == found.raw.get_column("body").null_count() == 0


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.binary(max_size=2_000) | damaged(SEEDS), st.sampled_from(FORMS)), min_size=1, max_size=3),
    st.sampled_from([None, "utf-8", "windows-1256", "utf-16"]),
)
def test_whatever_the_bytes_each_file_gives_a_row_or_a_named_rejection(contents, encoding):
    assert_each_file_is_accounted_for(contents, encoding)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged([in_parquet()]))
def test_whatever_is_wrong_in_a_parquet_file_it_gives_a_row_or_a_named_rejection(data):
    assert_each_file_is_accounted_for([(data, None), (SEED.encode(), None)])


@pytest.mark.parametrize("bit", [464, 465, 1776])
def test_one_wrong_bit_in_a_parquet_file_does_not_end_the_night(bit):
    """At 464 and 1776 Polars 2.1 asks for two exabytes and aborts its process, at 465 it panics."""
    data = bytearray(in_parquet())
    data[bit // 8] ^= 1 << (bit % 8)
    assert_each_file_is_accounted_for([(bytes(data), None), (SEED.encode(), None)])


def test_half_characters_do_not_end_the_night(read_files):
    found = read_files(
        {"a/1.json": r'["\ud800"]', "a/2.json": r'{"\ud800": 1}', "a/3.txt": SEED},
        {"id": "a", "match": "a/*.json", "form": "json"},
    )
    assert reasons(found) == {"a/1.json": "bad_record", "a/2.json": "no_text"}
    assert found.raw.get_column("file").to_list() == ["a/3.txt"]
