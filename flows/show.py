"""What the command shows: result frames on stdout, progress and summaries on stderr."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import polars as pl
from rich.console import Console
from rich.logging import RichHandler
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from flows import logs
from flows.terms import Summary

Format = Literal["table", "csv", "json", "parquet"]

_PIPE_WIDTH: Final = 10_000


def frame(rows: pl.DataFrame, format: Format, output: Path | None) -> None:
    """Writes the rows to a file or to stdout, which carries nothing else."""
    if format == "table":
        _write(_as_table(rows), output)
    elif format == "csv":
        _write(_flat(rows).write_csv(), output)
    elif format == "json":
        _write((rows.write_json() if rows.width else "[]") + "\n", output)
    elif output:
        rows.write_parquet(output)


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _flat(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with nested values as text, which CSV can hold."""
    nested = [name for name, dtype in rows.schema.items() if dtype.is_nested()]
    return rows.with_columns(pl.Series(name, [str(value) for value in rows[name]]) for name in nested)


def _as_table(rows: pl.DataFrame) -> str:
    """The rows as a table for people: on a terminal long cells are folded, in a pipe each row is one line."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, dtype in rows.schema.items():
        table.add_column(name, justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in rows.rows():
        table.add_row(*("" if value is None else escape(str(value).replace("\n", " ⏎ ")) for value in row))
    console = Console(width=width, highlight=False)
    with console.capture() as captured:
        console.print(table)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    return "\n".join([*lines, f"({len(rows):,} rows)", ""])


def summary(night: Summary) -> None:
    """What a night did, and the line to type next."""
    if night.outcome == "nothing_new":
        print(
            f"Night {night.night}: {night.files_seen:,} files in the landing, none new or changed; nothing published."
        )
    elif night.outcome == "pinned":
        print(f"Night {night.night}: pinned at {night.version}; nothing loaded until «mustawda rollback --release».")
    elif night.outcome == "verified":
        told = f"differs from {night.version} in: {', '.join(night.differing)}" if night.differing else "is the same"
        print(f"A build from the landing {told} ({night.counts['words']:,} words, {night.seconds:.1f} s).")
    else:
        _published(night)
    for warning in night.warnings:
        print(f"warning  {warning}")


def _published(night: Summary) -> None:
    counts = night.counts
    rejected = ", ".join(f"{count} {reason}" for reason, count in night.rejected.items())
    rows = {
        "night": night.night,
        "files": f"{counts['files_new']:,} read of {night.files_seen:,}",
        "articles": f"{counts['articles_new']:,} new, {counts['articles_changed']:,} changed, "
        f"{counts['articles_unchanged']:,} unchanged",
        "rejected": f"{counts['rejected']:,} ({rejected})" if rejected else "0",
        "sentences": f"{counts['sentences']:,}",
        "words": f"{counts['words']:,}",
        "seconds": f"{night.seconds:.1f}",
        "published": night.version,
    }
    width = max(len(name) for name in rows)
    print("\n".join(f"{name:<{width}}  {value}" for name, value in rows.items()))
    print("\nNext: mustawda ask            the saved questions\n      mustawda describe       the tables")


def console_for_logs(log_format: logs.LogFormat = "text") -> Console:
    """Our log lines go to stderr from now on; returns the console that progress shares with them."""
    if log_format == "json":
        logs.speak_json()
        return Console(stderr=True, force_terminal=False)  # bars are no JSON
    console = Console(stderr=True, highlight=False)
    handler: logging.Handler = logging.StreamHandler()
    if console.is_terminal:
        handler = RichHandler(console=console, show_path=False, show_level=False)
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logs.send_to(handler)
    return console


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """A function that is told (what, done, total): bars on a terminal; elsewhere log lines tell enough."""
    if not console.is_terminal:
        yield lambda _what, _done, _total: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell
