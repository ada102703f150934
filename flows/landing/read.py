"""A batch of landing files -> one raw frame, with an account of every file."""

import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

import polars as pl

from flows.landing.archives.member import Member
from flows.landing.archives.opening import kind_of_archive, members
from flows.landing.decode import decode
from flows.landing.discover import is_finished
from flows.landing.faults import Fault
from flows.landing.fetch import Content, fetched
from flows.landing.file import UNREAD, LandingFile
from flows.landing.forms import ant, csv, html, json, jsonl, parquet, text
from flows.landing.forms.recognise import PARQUET_MAGIC, recognise
from flows.landing.forms.record import Columns
from flows.landing.sources import Fields, Form, Source, Sources
from transforms.cleaning import is_joined
from transforms.contracts import FILE, RAW, REJECTION

_READERS: Final[dict[Form, Callable[[str, Fields], Iterator[Columns | Fault]]]] = {
    "joined": text.read,
    "paragraphs": text.read,
    "ant": ant.read,
    "json": json.read,
    "jsonl": jsonl.read,
    "csv": csv.read,
    "html": html.read,
}

MAX_RECORDS: Final = 500_000
"""A record takes a kilobyte of memory, however short it is: a file of nothing but «{}» would take all there is."""

_DAY_IN_PATH: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")

_LINK: Final = Fault(
    "refused_link",
    "a link is not followed: deliver the file itself, or name the folder it leads to with --landing",
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What files hold: RAW, FILE and REJECTION rows."""

    raw: pl.DataFrame
    file: pl.DataFrame
    rejection: pl.DataFrame


@dataclass(frozen=True)
class _Account:
    """What one file or member of an archive holds: its FILE row, RAW rows and faults."""

    row: Row
    records: list[Row]
    faults: list[Fault]
    unpacked: int = 0  # bytes that came out of an archive


def read(files: list[LandingFile], sources: Sources) -> Reading:
    """The records of the files; what can't be read is a REJECTION row, and no file stops the others."""
    return next(readings(files, sources, sys.maxsize), _reading([]))


def readings(files: list[LandingFile], sources: Sources, max_unpacked: int) -> Iterator[Reading]:
    """The same in parts, none where no file was read: a part is closed when so many bytes came out of archives."""
    part: list[_Account] = []
    unpacked = 0
    for item, content in _contents(files):
        for account in _accounts(item, content, sources):
            part.append(account)
            unpacked += account.unpacked
            if unpacked >= max_unpacked:
                yield _reading(part)
                part, unpacked = [], 0
    if part:
        yield _reading(part)


def _contents(files: list[LandingFile]) -> Iterator[tuple[LandingFile, Content]]:
    """(file, bytes or Fault) in the order of the files; a link is refused before anything is opened."""
    for is_link, group in groupby(files, key=lambda item: item.is_link):
        run = list(group)
        yield from [(item, _LINK) for item in run] if is_link else fetched(run)


def _reading(accounts: list[_Account]) -> Reading:
    raw = pl.DataFrame([record for account in accounts for record in account.records], schema=RAW)
    return Reading(
        raw,
        _with_form_of_text(pl.DataFrame([account.row for account in accounts], schema=FILE), raw),
        pl.DataFrame([_rejection(account.row, fault) for account in accounts for fault in account.faults], REJECTION),
    )


def _accounts(item: LandingFile, content: Content, sources: Sources) -> Iterator[_Account]:
    """One account of a file; of an archive one of each member, and its own behind them."""
    source = _source(item, item.file, sources)
    row = _row(item, source)
    if isinstance(content, Fault):
        row["fingerprint"] = UNREAD if content.may_pass else item.fingerprint
        yield _Account(row, [], [content])
    elif kind := kind_of_archive(item.file):
        yield from _archive(item, content, sources, row | {"form": kind})
    else:
        yield _read_file(content, source, row, sources)


def _archive(item: LandingFile, data: bytes, sources: Sources, row: Row) -> Iterator[_Account]:
    """The accounts of the members, then that of the archive with the faults of what was refused."""
    row |= {"sha256": hashlib.sha256(data).hexdigest()}
    faults: list[Fault] = []
    count = 0
    for found in members(item.file, data):
        if isinstance(found, Fault):
            faults.append(found)
        elif is_finished(found.name):
            count += 1
            yield _member(item, found, sources)
    if not count and not faults:
        faults.append(Fault("no_text", "the archive holds no files"))
    yield _Account(row, [], faults)


def _member(item: LandingFile, member: Member, sources: Sources) -> _Account:
    """The account of a member; those of an archive at the top of the landing lie as if they were at the top."""
    file = f"{item.file}!{member.name}"
    source = _source(item, file if "/" in item.file else member.name, sources)
    row = _row(item, source) | {"file": file, "size": member.size, "fingerprint": None, "archive": item.file}
    if isinstance(member.content, Fault):
        return _Account(row, [], [member.content])
    return replace(_read_file(member.content, source, row, sources), unpacked=member.size)


def _source(item: LandingFile, file: str, sources: Sources) -> Source:
    """Whose a file is: one that lies in no folder of the landing is of the outlet that the landing is named after."""
    found = sources.of(file)
    return found if "/" in file or found in sources.source else sources.of(f"{item.folder}/{file}")


def _row(item: LandingFile, source: Source) -> Row:
    return {
        "file": item.file, "source_id": source.id, "size": item.size, "modified_at": item.modified_at,
        "fingerprint": item.fingerprint, "archive": None, "sha256": None, "encoding": None, "form": source.form,
    }  # fmt: skip


def _read_file(data: bytes, source: Source, row: Row, sources: Sources) -> _Account:
    """The account of a file's bytes."""
    records: list[Row] = []
    faults: list[Fault] = []
    try:
        for number, columns in enumerate(_parse(data, source, row)):
            if number == MAX_RECORDS:
                raise Fault("too_large", f"more than {MAX_RECORDS:,} records: the others are not read; split the file")
            if isinstance(columns, Fault):
                faults.append(columns.with_traceback(None))  # which would hold the record, and all around it
            else:
                records.append(_raw_row(columns, row, source, sources))
    except Fault as fault:
        faults.append(fault)
    if not records and not faults:
        faults.append(Fault("no_text", "the file holds no records"))
    return _Account(row, records, faults)


def _parse(data: bytes, source: Source, account: Row) -> Iterator[Columns | Fault]:
    """The records of the file's bytes; notes sha256, encoding and form in its account."""
    account["sha256"] = hashlib.sha256(data).hexdigest()
    if data.startswith(PARQUET_MAGIC) or source.form == "parquet":
        account["form"] = "parquet"
        return parquet.read(data, source.fields)
    decoded, account["encoding"] = decode(data, source.encoding, html.charset(data))
    form = source.form or recognise(decoded)
    account["form"] = form
    return _READERS[form](decoded, source.fields)


def _raw_row(columns: Columns, account: Row, source: Source, sources: Sources) -> Row:
    outlet = (columns.pop("source", None) or "").strip() or source.id
    path = source.path_of(account["file"])
    stated = {"joined": True, "paragraphs": False}.get(source.form or "")
    return {
        "file": account["file"],
        "file_sha256": account["sha256"],
        "encoding": account["encoding"],
        "source_id": outlet,
        "timezone": sources.by_id.get(outlet, source).timezone,
        "path": path,
        "is_joined": stated,
        "path_on": _day_in(path),
        "stated_on": source.published_on,
        **columns,
    }


def _day_in(path: str) -> date | None:
    """The last valid YYYY-MM-DD or YYYYMMDD of a path."""
    for year, _, month, day in reversed(_DAY_IN_PATH.findall(path)):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _rejection(account: Row, fault: Fault) -> Row:
    return {
        "source_id": account["source_id"],
        "file": account["file"],
        "locator": fault.locator,
        "reason": fault.reason,
        "detail": fault.detail,
        "excerpt": fault.excerpt,
        "file_sha256": account["sha256"],
    }


def _with_form_of_text(files: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """The FILE rows, of form «joined» where a file of paragraph lines showed joined paragraphs."""
    is_text = pl.col("form") == "paragraphs"
    texts = raw.join(files.filter(is_text), on="file", how="semi")
    joined = texts.filter(is_joined()).get_column("file").unique()
    return files.with_columns(
        form=pl.when(is_text & pl.col("file").is_in(joined.implode())).then(pl.lit("joined")).otherwise("form")
    )
