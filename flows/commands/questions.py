"""Commands that ask: sql, ask, word, describe, check, loads."""

import sys
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from flows import questions, show
from flows.commands.options import FormatOption, OutputOption, WarehouseOption, app, place, settings
from flows.lexicon_cache import warm
from flows.warehouse import checks, queries
from flows.warehouse.build import check_schema
from flows.warehouse.connection import read
from transforms.lexicon.explain import explain


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="The SQL; without it, standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Read the SQL from this file.")] = None,
    format: FormatOption = "table",
    output: OutputOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Ask the published warehouse in SQL, read-only; the rows of the last statement are written.

    mustawda sql "from kwic('وزير') limit 5"
    """
    if query and file:
        raise typer.BadParameter("give the SQL or a file of it, not both")
    if file and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    text = file.read_text(encoding="utf-8") if file else query or sys.stdin.read()
    _show(queries.answer(place(warehouse), text), format, output)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Name of the question; without one, the list.")] = None,
    values: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]…", help="Its parameters.")] = None,
    format: FormatOption = "table",
    output: OutputOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Ask a saved question of sql/5_questions.

    mustawda ask word_over_time word=وزير
    """
    if question is None:
        listed = [(q.name, q.title, " ".join(f"{n}={v}" for n, v in q.parameters.items())) for q in questions.all()]
        _show(pl.DataFrame(listed, schema=["question", "asks", "parameters"], orient="row"), format, output)
        return
    asked = questions.named(question)
    pairs = [value.partition("=") for value in values or []]
    given = asked.given({name: value for name, _, value in pairs})
    rows = queries.answer(place(warehouse), asked.query, given)
    if format == "table":
        print(f"{asked.title}\n{asked.reading}\n", file=sys.stderr)
    _show(rows, format, output)


@app.command()
def word(
    written: Annotated[str, typer.Argument(metavar="WORD", help="An Arabic word as it is written.")],
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """Why a word is read as it is: every cut and reading that was weighed, the chosen one first.

    mustawda word وبالكتاب
    """
    warm(settings().cache / "lexicon")
    if (rows := explain(written.strip())).is_empty():
        raise typer.BadParameter(f"«{written}» is no Arabic word: give one word, without blanks or signs")
    _show(rows, format, output)


@app.command()
def describe(
    table: Annotated[str | None, typer.Argument(help="A table or view; without one, all of them.")] = None,
    format: FormatOption = "table",
    warehouse: WarehouseOption = None,
) -> None:
    """The data dictionary, from the warehouse itself: tables, views and macros, or the columns of one."""
    asked = place(warehouse)
    _show(queries.columns_of(asked, table) if table else queries.dictionary(asked), format, None)


@app.command()
def check(warehouse: WarehouseOption = None, format: FormatOption = "table") -> None:
    """Hold every claim of sql/4_checks for all rows. Exit 1 where one is broken."""
    console = show.console_for_logs()
    with read(place(warehouse).published()) as connection, show.progress(console) as progress:
        check_schema(connection)
        claims = checks.check(connection, None, progress)
    rows = [(c.name, "broken" if c.broken_count else "holds", c.broken_count, c.sentence) for c in claims]
    _show(pl.DataFrame(rows, schema=["claim", "stands", "broken_rows", "says"], orient="row"), format, None)
    if broken := [claim for claim in claims if claim.broken_count]:
        raise checks.BrokenClaim(broken)


@app.command()
def loads(warehouse: WarehouseOption = None, format: FormatOption = "table") -> None:
    """Every run, newest first: what it published, or why it published nothing."""
    _show(queries.loads(place(warehouse)), format, None)


def _show(rows: pl.DataFrame, format: show.Format, output: Path | None) -> None:
    if format == "parquet" and output is None:
        raise typer.BadParameter("parquet is written to a file: give one with -o")
    show.frame(rows, format, output)
