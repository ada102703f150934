"""Archives read in place: members are files of the landing, what is not safe is refused by name, nothing is written."""

import gzip
import io
import os
import resource
import struct
import tarfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.landing.archives import member as bounds
from flows.landing.archives.opening import kind_of_archive, members
from flows.landing.discover import discover
from flows.landing.faults import Fault
from flows.landing.read import read, readings
from flows.landing.sources import Sources
from transforms.contracts import FAULTS

NEWS = "افتتاح مكتبة في عدن\n\nافتتح المحافظ، أمس، مكتبة عامة في مدينة عدن.\nوقال إن الدخول إليها مجاني."
FILES = {"2026-11-17/1.txt": NEWS.encode(), "2026-11-17/خبر.txt": NEWS.encode()}
GIGABYTE = 1 << 30


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name) if name.startswith(("/", "..")) else name, data, packing)
    return target.getvalue()


def tarred(files: dict[str, bytes], entries: list[tarfile.TarInfo] = (), mode: str = "w") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for entry in entries:
            archive.addfile(entry)
    return target.getvalue()


def entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


def packed(data: bytes) -> bytes:
    return zstandard.compress(data)


def opened(file: str, data: bytes) -> list[tuple[str, str]]:
    """(name, "ok" or reason) of each member; of what is refused outside a member, (locator, reason)."""
    return [
        (found.locator, found.reason)
        if isinstance(found, Fault)
        else (found.name, found.content.reason if isinstance(found.content, Fault) else "ok")
        for found in members(file, data)
    ]


@pytest.fixture(autouse=True)
def nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder that a careless reader would write to stays empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    yield
    assert list((tmp_path / "here").iterdir()) == []
    assert not Path("/tmp/evil.txt").exists()


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a/x.zip", zipped(FILES)),
        ("a/x.ZIP", zipped(FILES, zipfile.ZIP_LZMA)),
        ("a/x.tar", tarred(FILES)),
        ("a/x.tar.gz", tarred(FILES, mode="w:gz")),
        ("a/x.tgz", tarred(FILES, mode="w:gz")),
        ("a/x.tar.zst", packed(tarred(FILES))),
    ],
)
def test_members_are_files_of_the_landing(read_files, file, data):
    found = read_files({file: data})
    assert found.raw.select("file", "title", "path_on").rows() == [
        (f"{file}!{name}", "افتتاح مكتبة في عدن", date(2026, 11, 17)) for name in FILES
    ]
    assert found.file.select("file", "archive", "form", "source_id").rows() == [
        *((f"{file}!{name}", file, "paragraphs", "a") for name in FILES),
        (file, None, kind_of_archive(file), "a"),
    ]
    assert found.file.get_column("sha256").null_count() == 0
    assert found.rejection.is_empty()


@pytest.mark.parametrize(
    ("file", "data"), [("a/1.txt.gz", gzip.compress(NEWS.encode())), ("a/1.txt.zst", packed(NEWS.encode()))]
)
def test_a_packed_file_is_an_archive_of_one(read_files, file, data):
    found = read_files({file: data})
    assert found.raw.get_column("file").to_list() == [f"{file}!1.txt"]


def test_an_archive_at_the_top_holds_the_folders_of_outlets(read_files):
    found = read_files({"all.zip": zipped({"alufuq/1.txt": NEWS.encode(), "almasar/1.txt": NEWS.encode()})})
    assert found.raw.get_column("source_id").to_list() == ["alufuq", "almasar"]


def test_every_form_is_read_within_an_archive(read_files):
    lines = '{"title": "خبر", "body": "نص"}\n{"title": "خبر ثان", "body": "نص ثان"}\n'
    found = read_files({"a/x.zip": zipped({"1.jsonl": lines.encode(), "2.txt": NEWS.encode("windows-1256")})})
    assert found.raw.select("file", "locator").rows() == [
        ("a/x.zip!1.jsonl", "1"), ("a/x.zip!1.jsonl", "2"), ("a/x.zip!2.txt", ""),
    ]  # fmt: skip


def test_hidden_unfinished_and_empty_folders_are_no_members(read_files):
    files = {"__MACOSX/._1.txt": b"x", ".DS_Store": b"x", "a/": b"", "a/1.txt.part": b"x"}
    found = read_files({"a/x.zip": zipped(files), "a/y.zip": zipped({})})
    assert found.rejection.select("file", "reason", "detail").rows() == [
        ("a/x.zip", "no_text", "the archive holds no files"), ("a/y.zip", "no_text", "the archive holds no files"),
    ]  # fmt: skip


UNSAFE = ["../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt", "\\\\server\\evil.txt"]


@pytest.mark.parametrize("name", UNSAFE)
@pytest.mark.parametrize("make", [("x.zip", zipped), ("x.tar", tarred)], ids=["zip", "tar"])
def test_a_name_that_leads_out_of_the_archive_is_refused_and_the_others_are_read(read_files, make, name):
    file, build = make
    found = read_files({f"a/{file}": build({name: b"evil", "good.txt": NEWS.encode()})})
    assert found.raw.get_column("file").to_list() == [f"a/{file}!good.txt"]
    assert found.rejection.select("file", "locator", "reason").rows() == [(f"a/{file}", name, "refused_archive")]


def tar_of(name: bytes, pax: bool = False) -> bytes:
    """A tar with a member of a name of any bytes, and a good one behind it."""
    target = io.BytesIO()
    kind = tarfile.PAX_FORMAT if pax else tarfile.GNU_FORMAT
    with tarfile.open(fileobj=target, mode="w", format=kind, encoding="utf-8", errors="surrogateescape") as archive:
        for told in (os.fsdecode(name), "good.txt"):
            entry = tarfile.TarInfo(told)
            entry.size = len(NEWS.encode())
            archive.addfile(entry, io.BytesIO(NEWS.encode()))
    return target.getvalue()


def zip_of(name: bytes, flags: int = 0) -> bytes:
    """The same as a zip; with flags 0x800 it says that the name is UTF-8."""
    data = zipped({"n" * len(name): NEWS.encode(), "good.txt": NEWS.encode()}).replace(b"n" * len(name), name)
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    changed = bytearray(data)
    for at in (local + 6, central + 8):
        changed[at : at + 2] = struct.pack("<H", flags)
    return bytes(changed)


LATIN, ARABIC = b"2026-11-17/caf\xe9.txt", "خبر".encode("windows-1256") + b".txt"


@pytest.mark.parametrize(
    ("file", "data", "name"),
    [
        pytest.param("a/x.tar", tar_of(LATIN), r"2026-11-17/caf\xe9.txt", id="tar"),
        pytest.param("a/x.tar", tar_of(LATIN, pax=True), r"2026-11-17/caf\xe9.txt", id="tar with pax headers"),
        pytest.param("a/x.tar.gz", gzip.compress(tar_of(ARABIC)), r"\xce\xc8\xd1.txt", id="packed tar"),
        pytest.param("a/x.tar", tar_of(b"a" * 150 + b"\xff"), "a" * 150 + r"\xff", id="a long name"),
        pytest.param("a/x.zip", zip_of(LATIN), "2026-11-17/cafΘ.txt", id="zip"),
        pytest.param("a/x.zip", zip_of("خبر.txt".encode()), "خبر.txt", id="zip in UTF-8 that it does not tell"),
    ],
)
def test_a_name_that_is_no_text_becomes_one(read_files, file, data, name):
    found = read_files({file: data})
    assert found.raw.get_column("file").to_list() == [f"{file}!{name}", f"{file}!good.txt"]
    assert found.rejection.is_empty()


def test_a_zip_that_tells_its_names_wrong_is_a_broken_one(read_files):
    found = read_files({"a/x.zip": zip_of(LATIN, flags=0x800), "a/1.txt": NEWS})
    assert found.rejection.select("file", "reason").rows() == [("a/x.zip", "bad_form")]
    assert found.raw.get_column("file").to_list() == ["a/1.txt"]


@pytest.mark.parametrize("name", [b"a\nb.txt", b"a\x1b[31mb.txt", b"a\tb.txt", b"\x7f.txt", b"caf\xe9\n.txt"])
@pytest.mark.parametrize(("file", "build"), [("a/x.tar", tar_of), ("a/x.zip", zip_of)])
def test_a_name_with_control_characters_is_refused_and_told_without_them(read_files, file, build, name):
    found = read_files({file: build(name)})
    assert found.raw.get_column("file").to_list() == [f"{file}!good.txt"]
    ((locator, reason),) = found.rejection.select("locator", "reason").rows()
    assert reason == "refused_archive"
    assert "\ufffd" in locator
    assert locator.isprintable()


def test_names_that_lead_out_of_the_archive_hide_behind_no_broken_bytes(read_files):
    found = read_files({"a/x.tar": tar_of(b"caf\xe9/../../evil.txt")})
    assert found.rejection.select("locator", "reason").rows() == [(r"caf\xe9/../../evil.txt", "refused_archive")]


@pytest.mark.parametrize(
    "odd",
    [
        entry("evil", tarfile.SYMTYPE, "/etc/passwd"), entry("evil", tarfile.LNKTYPE, "good.txt"),
        entry("evil", tarfile.CHRTYPE), entry("evil", tarfile.BLKTYPE), entry("evil", tarfile.FIFOTYPE),
        entry("evil", tarfile.GNUTYPE_SPARSE),
    ],
)  # fmt: skip
def test_links_devices_and_sparse_members_are_refused(odd):
    found = opened("x.tar", tarred({"good.txt": b"x"}, [odd]))
    assert found[0] == ("good.txt", "ok")
    assert {reason for _, reason in found[1:]} <= {"refused_archive", "bad_form"}
    assert len(found) == 2


def test_a_link_in_a_zip_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("evil")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert opened("x.zip", target.getvalue()) == [("evil", "refused_archive")]


def test_an_encrypted_member_is_refused():
    data = bytearray(zipped({"1.txt": b"secret", "2.txt": b"open"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    assert opened("x.zip", bytes(data)) == [("1.txt", "refused_archive"), ("2.txt", "ok")]


@pytest.mark.parametrize("inner", [zipped(FILES), tarred(FILES), gzip.compress(b"x"), packed(b"x")])
def test_an_archive_within_an_archive_is_refused(inner):
    assert opened("x.zip", zipped({"inner.bin": inner, "1.txt": b"x"})) == [
        ("inner.bin", "refused_archive"), ("1.txt", "ok"),
    ]  # fmt: skip
    assert opened("x.bin.gz", gzip.compress(inner)) == [("x.bin", "refused_archive")]


def test_a_second_member_of_the_same_name_is_refused():
    twice = tarred({"1.txt": b"x"})[:1024] + tarred({"1.txt": b"y"})
    assert opened("x.tar", twice) == [("1.txt", "ok"), ("1.txt", "refused_archive")]


@pytest.mark.parametrize("make", [("x.zip", zipped), ("x.tar", tarred)], ids=["zip", "tar"])
def test_too_many_members_are_refused(monkeypatch, make):
    monkeypatch.setattr(bounds, "MAX_MEMBERS", 5)
    found = opened(make[0], make[1]({f"{n}.txt": b"x" for n in range(6)}))
    assert found[-1] == ("", "refused_archive")
    assert len(found) <= 6


def test_a_zip_of_a_million_members_is_refused_before_python_makes_objects_of_them():
    began = time.monotonic()
    assert opened("x.zip", b"PK\x01\x02" * 1_000_000) == [("", "refused_archive")]
    assert time.monotonic() - began < 2


def zeros(size: int) -> Iterator[bytes]:
    for _ in range(size >> 20):
        yield bytes(1 << 20)


def gzip_of_zeros(size: int) -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", compresslevel=1) as stream:
        for piece in zeros(size):
            stream.write(piece)
    return target.getvalue()


def zst_of_zeros(size: int) -> bytes:
    target = io.BytesIO()
    with zstandard.ZstdCompressor(level=1).stream_writer(target, closefd=False) as stream:
        for piece in zeros(size):
            stream.write(piece)
    return target.getvalue()


def zip_of_zeros(size: int) -> bytes:
    target = io.BytesIO()
    archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("0", "w", force_zip64=True) as stream:
        for piece in zeros(size):
            stream.write(piece)
    return target.getvalue()


@pytest.mark.parametrize(
    ("file", "make"),
    [("x.txt.gz", gzip_of_zeros), ("x.txt.zst", zst_of_zeros), ("x.zip", zip_of_zeros)],
    ids=["gz", "zst", "zip"],
)
def test_two_real_gigabytes_are_refused_in_seconds_and_little_memory(file, make, memory):
    data = make(2 * GIGABYTE)
    assert len(data) < 20_000_000
    with memory(700):
        began = time.monotonic()
        ((_, reason),) = opened(file, data)
        assert time.monotonic() - began < 10
    assert reason in ("refused_archive", "too_large")


@pytest.fixture
def memory():
    """memory(MB): what is done inside takes no more than so much new memory."""

    @contextmanager
    def bounded(megabytes: int):
        pages = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (pages + (megabytes << 20), before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)

    return bounded


def test_a_member_that_declares_two_gigabytes_is_too_large_and_not_unpacked():
    data = bytearray(zipped({"1.txt": b"x" * 100, "2.txt": b"ok"}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 2 * GIGABYTE)
    assert opened("x.zip", bytes(data)) == [("1.txt", "too_large"), ("2.txt", "ok")]

    huge = tarfile.TarInfo("1.txt")
    huge.size = 2 * GIGABYTE
    assert opened("x.tar", huge.tobuf() + bytes(10_240)) == [("1.txt", "too_large"), ("", "bad_form")]


def test_a_member_that_holds_more_than_it_declares_is_not_read_beyond():
    data = bytearray(zipped({"1.txt": b"x" * 100_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert opened("x.zip", bytes(data)) == [("1.txt", "bad_form")]


def test_all_members_together_are_bounded_and_what_came_before_is_kept(monkeypatch):
    monkeypatch.setattr(bounds, "FREE_BYTES", 1_000_000)
    files = {f"{n}.txt": bytes(400_000) for n in range(9)}
    for file, data in (("x.zip", zipped(files)), ("x.tar.gz", tarred(files, mode="w:gz"))):
        found = opened(file, data)
        assert found[:2] == [("0.txt", "ok"), ("1.txt", "ok")]
        assert found[-1][1] == "refused_archive"
        assert len(found) <= 4


def test_headers_that_never_end_are_refused_in_little_memory(memory):
    huge = tarfile.TarInfo("./@PaxHeader")
    huge.type, huge.size = tarfile.XHDTYPE, GIGABYTE
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", compresslevel=1) as stream:
        stream.write(huge.tobuf())
        for piece in zeros(GIGABYTE):
            stream.write(piece)
    with memory(200):
        assert opened("x.tar.gz", target.getvalue()) == [("", "refused_archive")]


def test_news_that_shrinks_well_is_no_bomb():
    text = "".join(f"{n}. {NEWS}\n" for n in range(20_000)).encode()
    for file, data in (("x.gz", gzip.compress(text)), ("x.zst", packed(text)), ("x.zip", zipped({"x": text}))):
        assert [reason for _, reason in opened(file, data)] == ["ok"]


def test_a_window_that_asks_for_gigabytes_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=30)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = stream.compress(bytes(1_000_000)) + stream.flush()
    assert opened("x.zst", data) == [("", "bad_form")]


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("x.zip", b"no archive"),
        ("x.zip", zipped(FILES)[:-40]),
        ("x.tar", b"no archive" * 100),
        ("x.gz", NEWS.encode()),
        ("x.tar.gz", tarred(FILES, mode="w:gz")[:-60]),
        ("x.zst", packed(NEWS.encode())[:-5] + b"12345"),
        ("x.tgz", b""),
    ],
)
def test_what_is_no_archive_or_a_broken_one_is_named(file, data):
    assert opened(file, data)[-1][1] in ("bad_form", "no_text")


def test_much_from_an_archive_comes_in_several_readings(landing):
    place = landing({"a/x.zip": zipped({f"{n}.txt": NEWS.encode() for n in range(10)})})
    parts = list(readings(discover([place]), Sources(), len(NEWS.encode()) * 3))
    assert [part.raw.height for part in parts] == [3, 3, 3, 1]
    assert parts[-1].file.get_column("file").to_list() == ["a/x.zip!9.txt", "a/x.zip"]
    assert read(discover([place]), Sources()).raw.height == 10


GOOD = [
    ("x.zip", zipped(FILES)), ("x.tar", tarred(FILES)), ("x.tar.gz", tarred(FILES, mode="w:gz")),
    ("x.gz", gzip.compress(NEWS.encode())), ("x.zst", packed(NEWS.encode())), ("x.tar.zst", packed(tarred(FILES))),
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(GOOD), st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), max_size=6), st.data())
def test_whatever_is_wrong_in_an_archive_it_is_named(good, changes, draw):
    file, data = good[0], bytearray(good[1])
    for place, value in changes:
        data[place % len(data)] = value
    del data[draw.draw(st.integers(0, len(data))) :]
    found = opened(file, bytes(data))
    assert found or not data or file == "x.tar"
    assert {reason for _, reason in found} <= {"ok", *FAULTS}
