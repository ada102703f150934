"""A batch of landing files -> one raw frame, with an account of every file."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from flows.landing.decode import decode
from flows.landing.discover import LandingFile
from flows.landing.faults import Fault
from flows.landing.forms import ant, csv, json, jsonl, parquet, text
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
}
MAX_FILE_BYTES: Final = 512 * 1024 * 1024
"""A larger file is `too_large`: it would not fit into the memory of a small server with what is made of it."""

_DAY_IN_PATH: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")

Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a batch of files holds: RAW, FILE and REJECTION rows."""

    raw: pl.DataFrame
    file: pl.DataFrame
    rejection: pl.DataFrame


def read(files: list[LandingFile], sources: Sources) -> Reading:
    """The records of the files; what can't be read is a REJECTION row, and no file stops the others."""
    raw: list[Row] = []
    accounts: list[Row] = []
    rejections: list[Row] = []
    for item in files:
        account, records, faults = _read_file(item, sources)
        accounts.append(account)
        raw += records
        rejections += [_rejection(account, fault) for fault in faults]
    frame = pl.DataFrame(raw, schema=RAW)
    return Reading(
        frame,
        _with_form_of_text(pl.DataFrame(accounts, schema=FILE), frame),
        pl.DataFrame(rejections, REJECTION),
    )


def _read_file(item: LandingFile, sources: Sources) -> tuple[Row, list[Row], list[Fault]]:
    """(account, raw rows, faults) of one file."""
    source = sources.of(item.file)
    account: Row = {
        "file": item.file, "source_id": source.id, "size": item.size, "modified_at": item.modified_at,
        "sha256": None, "encoding": None, "form": source.form,
    }  # fmt: skip
    records: list[Row] = []
    faults: list[Fault] = []
    try:
        for columns in _parse(_fetch(item), source, account):
            if isinstance(columns, Fault):
                faults.append(columns)
            else:
                records.append(_raw_row(columns, account, source, sources))
    except Fault as fault:
        faults.append(fault)
    if not records and not faults:
        faults.append(Fault("no_text", "the file holds no records"))
    return account, records, faults


def _fetch(item: LandingFile) -> bytes:
    if item.size > MAX_FILE_BYTES:
        raise Fault("too_large", f"{item.size:,} bytes; the limit is {MAX_FILE_BYTES:,}")
    try:
        return item.fetch()
    except OSError as error:
        raise Fault("unreadable", f"{type(error).__name__}: {error.strerror or error}") from error


def _parse(data: bytes, source: Source, account: Row) -> Iterator[Columns | Fault]:
    """The records of the file's bytes; notes sha256, encoding and form in its account."""
    account["sha256"] = hashlib.sha256(data).hexdigest()
    if data.startswith(PARQUET_MAGIC) or source.form == "parquet":
        account["form"] = "parquet"
        return parquet.read(data, source.fields)
    decoded, account["encoding"] = decode(data, source.encoding)
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
    joined = raw.filter(is_joined()).get_column("file").unique()
    is_text = pl.col("form") == "paragraphs"
    return files.with_columns(
        form=pl.when(is_text & pl.col("file").is_in(joined.implode())).then(pl.lit("joined")).otherwise("form")
    )
