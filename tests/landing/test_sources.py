"""sources.toml: what each outlet's files look like."""

import hashlib
from datetime import date
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from flows.landing.sources import BadSources, Fields, Form, Source, Sources, read_sources
from transforms.contracts import SOURCE

FEED = """
[[source]]
id = "sahel-feed"
timezone = "Africa/Tunis"
form = "jsonl"
[source.fields]
source = "outlet.slug"
body = "content"

[[source]]
id = "sahel-rabat"
name = "الساحل - الرباط"
country = "MA"
timezone = "Africa/Casablanca"
"""


@pytest.fixture
def stated(tmp_path: Path):
    """The sources of a TOML text."""

    def read(toml: str | bytes) -> Sources:
        (tmp_path / "sources.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
        return read_sources(tmp_path / "sources.toml")

    return read


def test_a_missing_file_states_no_sources(tmp_path: Path):
    assert read_sources(tmp_path / "sources.toml").source == ()


def test_an_empty_file_states_no_sources(stated):
    assert stated("# nothing yet\n").source == ()


def test_the_example_of_the_plan_is_read(stated):
    sources = stated("""
        [[source]]
        id = "alarabiya"
        match = "alarabiya/**"
        name = "العربية"
        country = "AE"
        timezone = "Asia/Dubai"
        form = "joined"
        encoding = "windows-1256"
        published_on = 2021-01-27
        [source.fields]
        source = "source"
        id = "guid"
        url = "url"
        title = "title"
        body = "content"
        published_at = "date_extracted"
        author = "author"
    """)
    (source,) = sources.source
    assert source.published_on == date(2021, 1, 27)
    assert source.fields == Fields(
        source="source", id="guid", url="url", title="title", body="content",
        published_at="date_extracted", author="author",
    )  # fmt: skip
    assert sources.frame().rows() == [("alarabiya", "العربية", "AE", "Asia/Dubai")]


@pytest.mark.parametrize("form", get_args(Form))
def test_every_form_can_be_stated(stated, form):
    assert stated(f'[[source]]\nid = "a"\nform = "{form}"').source[0].form == form


@pytest.mark.parametrize(
    ("toml", "place", "told"),
    [
        ('[[source]]\nid = "a"\ncolour = "red"', "source.1.colour", "known keys: id, match, name, country, timezone"),
        ('[[source]]\nid = "a"\n[[source]]\nid = "b"\nforms = "csv"', "source.2.forms", "known keys: id, match"),
        (
            '[[source]]\nid = "a"\n[source.fields]\nheadline = "t"',
            "source.1.fields.headline",
            "known keys: source, id, url, title, body, abstract, author, category, published_at, delivered_at",
        ),
        ('[[sources]]\nid = "a"', "sources", "known keys: source)"),
        ('[[source]]\nname = "العربية"', "source.1.id", "required"),
        ('[[source]]\nid = ""', "source.1.id", "at least 1 character"),
        ('[[source]]\nid = "a"\nform = "xml"', "source.1.form", "'joined', 'paragraphs', 'ant', 'json'"),
        ('[[source]]\nid = "a"\ncountry = "Egypt"', "source.1.country", "^[A-Z]{2}$"),
        ('[[source]]\nid = "a"\ntimezone = "Asia/Atlantis"', "source.1.timezone", "«Asia/Atlantis» is no time zone"),
        ('[[source]]\nid = "a"\ntimezone = "posix/Asia/Riyadh"', "source.1.timezone", "write it like Asia/Riyadh"),
        ('[[source]]\nid = "a"\ntimezone = "../UTC"', "source.1.timezone", "write it like Asia/Riyadh"),
        ('[[source]]\nid = "a"\nencoding = "cp-1256"', "source.1.encoding", "«cp-1256» is no encoding"),
        ('[[source]]\nid = "a"\nencoding = "base64"', "source.1.encoding", "write it like windows-1256"),
        ('[[source]]\nid = "a"\nencoding = "idna"', "source.1.encoding", "«idna» is no encoding"),
        ('[[source]]\nid = "a"\nencoding = "unicode_escape"', "source.1.encoding", "is no encoding"),
        ('[[source]]\nid = "a"\npublished_on = "gestern"', "source.1.published_on", "date"),
        ('source = "a"', "source", "tuple"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_what_is_known(stated, tmp_path: Path, toml, place, told):
    with pytest.raises(BadSources) as mistake:
        stated(toml)
    assert str(mistake.value).startswith(f"{tmp_path / 'sources.toml'}: {place}: ")
    assert told in str(mistake.value)


@pytest.mark.parametrize("toml", ['[[source]\nid = "a"', "id = ", '[[source]]\nid = "العربية"'.encode("windows-1256")])
def test_a_file_that_is_no_toml_is_told(stated, toml):
    with pytest.raises(BadSources, match=r"sources\.toml: no valid TOML: "):
        stated(toml)


@pytest.mark.parametrize(
    ("encoding"), ["windows-1256", "CP1256", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-6", "mac_arabic"]
)
def test_an_encoding_of_arabic_can_be_stated(encoding):
    assert Source(id="a", encoding=encoding).encoding == encoding


@pytest.mark.parametrize(
    ("entry", "file", "path"),
    [
        ({"id": "alufuq"}, "alufuq/1.txt", "1.txt"),
        ({"id": "alufuq"}, "alufuq/2026-11-17/خبر.txt", "2026-11-17/خبر.txt"),
        ({"id": "a[1]*?"}, "a[1]*?/2026/1.txt", "2026/1.txt"),
        ({"id": "hespress", "match": "morocco/hespress/**"}, "morocco/hespress/a/1.txt", "a/1.txt"),
        ({"id": "hespress", "match": "morocco/hespress/*.txt"}, "morocco/hespress/1.txt", "1.txt"),
        ({"id": "hespress", "match": "*/hespress/**"}, "morocco/hespress/1.txt", "morocco/hespress/1.txt"),
        ({"id": "daily", "match": "feeds/daily-*.json"}, "feeds/daily-20261117.json", "daily-20261117.json"),
        ({"id": "daily", "match": "feeds/[ab]/*"}, "feeds/a/1.txt", "a/1.txt"),
        ({"id": "one", "match": "feeds/one.csv"}, "feeds/one.csv", "one.csv"),
        ({"id": "cp1256", "match": "صحف/مختارات عربية/**"}, "صحف/مختارات عربية/1.txt", "1.txt"),
    ],
)
def test_a_source_covers_a_file_and_knows_its_path_below_the_outlet(entry, file, path):
    source = Source(**entry)
    assert source.covers(file)
    assert source.path_of(file) == path


@pytest.mark.parametrize(
    ("entry", "file"),
    [
        ({"id": "alufuq"}, "alufuq-2/1.txt"),
        ({"id": "alufuq"}, "x/alufuq/1.txt"),
        ({"id": "alufuq"}, "Alufuq/1.txt"),
        ({"id": "alufuq", "match": "ufuq/**"}, "alufuq/1.txt"),
        ({"id": "alufuq", "match": "ufuq/*.json"}, "ufuq/1.txt"),
        ({"id": "alufuq", "match": "UFUQ/**"}, "ufuq/1.txt"),
    ],
)
def test_a_source_leaves_other_files_alone(entry, file):
    assert not Source(**entry).covers(file)


def test_the_first_entry_that_covers_a_file_wins(stated):
    sources = stated("""
        [[source]]
        id = "sport"
        match = "alufuq/sport/**"
        [[source]]
        id = "alufuq"
        name = "الأفق"
        [[source]]
        id = "alufuq"
        name = "later"
    """)
    assert [sources.of(file).id for file in ("alufuq/sport/1.txt", "alufuq/1.txt")] == ["sport", "alufuq"]
    assert sources.of("alufuq/1.txt").name == "الأفق"
    assert sorted(sources.frame().get_column("source_name")) == ["sport", "الأفق"]


def test_an_outlet_without_an_entry_bears_its_folders_name(stated):
    assert stated(FEED).of("almasar/2026/1.txt") == Source(id="almasar")


def test_entries_may_only_describe_the_outlets_of_a_feed(stated):
    sources = stated(FEED)
    assert sources.of("sahel-feed/1.jsonl").fields.source == "outlet.slug"
    assert sources.by_id["sahel-rabat"].timezone == "Africa/Casablanca"
    assert sources.frame().sort("source_id").rows() == [
        ("sahel-feed", "sahel-feed", None, "Africa/Tunis"),
        ("sahel-rabat", "الساحل - الرباط", "MA", "Africa/Casablanca"),
    ]


@pytest.mark.parametrize("toml", ["", FEED])
def test_the_frame_keeps_its_contract(stated, toml):
    assert stated(toml).frame().schema == pl.Schema(SOURCE)


def test_sources_know_the_hash_of_their_file(stated, tmp_path: Path):
    assert stated(FEED).sha256 == hashlib.sha256(FEED.encode()).hexdigest()
    assert stated("").sha256 == read_sources(tmp_path / "missing.toml").sha256 == Sources().sha256
