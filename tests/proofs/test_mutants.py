"""20,000 broken files: each becomes an article or a rejection with a reason, and what is kept obeys the laws."""

import codecs
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from random import Random
from typing import Final

import fsspec
import polars as pl
import pytest

from flows.landing.discover import LandingFile
from flows.landing.read import Reading, read
from flows.landing.sources import read_sources
from tests.proofs.landing import DATA, SOURCES
from transforms.contracts import FAULTS
from transforms.digest import Digest, digest

MUTANTS: Final = 20_000
BATCH: Final = 2_000
PARQUETS: Final = 40
"""Each is read in a process of its own, so there are few."""
LEDGER_SAMPLE: Final = 7
"""Of so many articles the edits of one are undone."""
ENCODINGS: Final = (
    *("windows-1256", "iso8859-6", "cp720", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "koi8-r"),
)
_SIGNS: Final = [b"\x00", b"\xff", b"\xfe", b"\n", b"\r\n", b'"', b"{", b"}", b"[", b"]", b"<DOC>", b"</TEXT>", b"\\u"]
_SPLINTERS: Final = [
    *_SIGNS,
    b"&#x110000;",
    b"&amp;",
    b"\xd8",
    b"PAR1",
    b"1e999999",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
]

Mutate = Callable[[Random, bytes, bytes], bytes]


def truncated(random: Random, data: bytes, _other: bytes) -> bytes:
    return data[: random.choice([0, 1, *random.choices(range(len(data) + 1), k=20)])]


def beheaded(random: Random, data: bytes, _other: bytes) -> bytes:
    return data[random.randrange(len(data) + 1) :]


def flipped(random: Random, data: bytes, _other: bytes) -> bytes:
    broken = bytearray(data)
    for _ in range(random.choice([1, 1, 3, 30, 300])):
        broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
    return bytes(broken)


def spliced(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def splintered(random: Random, data: bytes, _other: bytes) -> bytes:
    for _ in range(random.choice([1, 2, 9])):
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.choice(_SPLINTERS) * random.choice([1, 1, 40]) + data[at:]
    return data


def encoded(random: Random, data: bytes, _other: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(random.choice(ENCODINGS), random.choice(["replace", "ignore"]))


def misread(random: Random, data: bytes, _other: bytes) -> bytes:
    return data.decode(random.choice(["cp1252", "latin-1", "windows-1256"]), "replace").encode()


def random_bytes(random: Random, data: bytes, _other: bytes) -> bytes:
    return random.randbytes(random.randrange(min(len(data), 4_000) + 1))


def repeated(random: Random, data: bytes, _other: bytes) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start : start + random.randrange(1, 60)] * random.choice([3, 50])


MUTATIONS: Final[tuple[Mutate, ...]] = (
    truncated, beheaded, flipped, spliced, splintered, encoded, misread, random_bytes, repeated,
)  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """(path, bytes) of the sample's files; of those with many records the first ones, to stay small."""
    files = sorted(path for path in (DATA / "landing").rglob("*.*") if path.is_file())
    return [(path.relative_to(DATA / "landing").as_posix(), path.read_bytes()[:4_000]) for path in files]


def mutants(random: Random) -> Iterator[LandingFile]:
    """The broken files, each at a path of the outlet that its seed is of."""
    parents = [seed for seed in seeds() if seed[1]]
    memory = fsspec.filesystem("memory")
    parquet = io.BytesIO()
    pl.DataFrame({"title": ["عنوان"] * 9, "body": ["قال الوزير إن المشروع بدأ في الصباح."] * 9}).write_parquet(parquet)
    for number in range(MUTANTS):
        (file, data), (_, other) = random.choice(parents), random.choice(parents)
        if number % (MUTANTS // PARQUETS) == 0:
            file, data = "nahr/2026-11-14/records.parquet", parquet.getvalue()
        mutant = random.choice(MUTATIONS)(random, data, other)
        folder, _, name = file.rpartition("/")
        outlet = folder if random.random() < 0.7 else "unknown"
        path = f"{outlet}/{number:05}_{name}"
        memory.pipe(f"/mutants/{path}", mutant)
        yield LandingFile(path, len(mutant), datetime(2026, 11, 24), f"/mutants/{path}", memory)


def hold_account(files: list[LandingFile], reading: Reading, told: Digest) -> None:
    """No file is lost: each gave an article or a rejection by a known name, in words."""
    rejections = pl.concat([reading.rejection, told.rejection])
    assert set(rejections["reason"]) <= FAULTS.keys()
    assert rejections.filter(pl.any_horizontal(pl.col("reason", "detail", "file") == "")).is_empty()
    assert {item.file for item in files} == {*told.article["file"], *rejections["file"]}
    assert len(reading.raw) == len(told.article) + len(told.rejection)
    assert reading.file["file"].to_list() == [item.file for item in files]


def hold_offsets(told: Digest) -> None:
    """Each sentence and word is the slice that it claims to be."""
    texts = {row[0]: row[1:] for row in current(told)["article_id", "title", "body"].rows()}
    columns = ["article_id", "sentence_no", "char_start", "char_end"]
    begins = {}
    for article_id, number, start, end, sentence in told.sentence[[*columns, "sentence"]].rows():
        assert texts[article_id][number > 0][start:end] == sentence
        begins[article_id, number] = start, sentence
    for article_id, number, start, end, form in told.word[[*columns, "form"]].rows():
        at, sentence = begins[article_id, number]
        assert sentence[start - at : end - at] == form


def hold_ledger(reading: Reading, told: Digest, undone: Callable[..., str]) -> None:
    """Undoing the edits gives the raw text back, for a sample of the articles."""
    raw = {row[:2]: row[2:] for row in reading.raw["file", "locator", "title", "body"].rows()}
    sample = current(told)["article_id", "file", "locator", "title", "body"].gather_every(LEDGER_SAMPLE)
    ledger = told.edit.filter(pl.col("article_id").is_in(sample["article_id"].implode()))
    edits = ledger.partition_by("article_id", "part", as_dict=True)
    for article_id, file, locator, title, body in sample.rows():
        for part, clean, before in zip(("title", "body"), (title, body), raw[file, locator], strict=True):
            rows = edits.get((article_id, part), ledger.clear())
            assert undone(clean, rows["raw_start", "raw_end", "raw_text", "replacement", "reason"].rows()) == before


def current(told: Digest) -> pl.DataFrame:
    """The articles whose facts the digest holds: of each key the last delivery."""
    order = ["delivered_on", "file", pl.col("locator").cast(pl.Int64, strict=False)]
    return told.article.sort(order, nulls_last=False).unique("article_id", keep="last", maintain_order=True)


@pytest.mark.slow
def test_each_of_20_000_broken_files_is_an_article_or_a_named_rejection_and_the_laws_hold(undone):
    assert all(codecs.lookup(encoding) for encoding in ENCODINGS)
    sources = read_sources(SOURCES)
    files = mutants(Random(20_000))
    reasons: set[str] = set()
    article_count = 0

    for _ in range(MUTANTS // BATCH):
        batch = list(islice(files, BATCH))
        reading = read(batch, sources)
        told = digest(reading.raw)
        hold_account(batch, reading, told)
        hold_offsets(told)
        hold_ledger(reading, told, undone)
        reasons |= {*reading.rejection["reason"], *told.rejection["reason"]}
        article_count += len(told.article)
        fsspec.filesystem("memory").rm("/mutants", recursive=True)

    assert {"no_text", "undecodable", "not_text", "empty_file", "bad_record", "bad_form", "not_arabic"} <= reasons
    assert article_count > MUTANTS // 3
