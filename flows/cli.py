"""The `mustawda` command: every command is a few lines that call the room where the work is done."""

import os
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from flows import questions, show
from flows.settings import Settings
from flows.trouble import Trouble
from flows.warehouse import checks, queries
from flows.warehouse.connection import read
from flows.warehouse.place import Place

app = typer.Typer(
    help="مستودع · The warehouse for Arabic news: a nightly batch from article files into DuckDB.",
    epilog="--project DIR runs any command from elsewhere; --debug shows the traceback of a failure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WarehouseOption = Annotated[
    Path | None, typer.Option("--warehouse", help="Folder of the warehouse [default: data/warehouse].")
]
FormatOption = Annotated[
    show.Format, typer.Option("--format", help="How rows are written; json is one array of objects.")
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write the rows to this file.")]


@app.command()
def run(
    landing: Annotated[
        list[str] | None,
        typer.Option(help="Folder, glob or fsspec URL of article files; may be repeated [default: data/landing]."),
    ] = None,
    warehouse: WarehouseOption = None,
    sources: Annotated[
        Path | None, typer.Option(help="What each outlet's files look like [default: data/sources.toml].")
    ] = None,
    night: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Label of the night [default: today]; it selects nothing."),
    ] = None,
) -> None:
    """One night: load everything new in the landing and publish it as one version.

    Files that can't be used are named in fact_rejection and stop nothing. Where nothing is new, nothing is published.
    Exit 0: published, or nothing to do; 1: the night failed, and the published version is as it was.
    """
    from flows.prefect_api import prefect_api

    given = _given(warehouse=warehouse, sources=sources, landing=tuple(landing) if landing else None)
    settings = Settings(**given)
    place = Place(settings.warehouse)
    place.prepare()
    label = night.date() if night else date.today()
    console = show.console_for_logs()
    with prefect_api(place.root / "prefect"), show.progress(console) as progress:
        from flows.nightly import nightly_flow

        summary = nightly_flow(progress)(
            night=label, landing=list(settings.landing), warehouse=settings.warehouse, sources=settings.sources
        )
    show.summary(summary)


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
    text = file.read_text(encoding="utf-8") if file else query or sys.stdin.read()
    _show(queries.answer(_place(warehouse), text), format, output)


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
    rows = queries.answer(_place(warehouse), asked.query, given)
    if format == "table":
        print(f"{asked.title}\n{asked.reading}\n", file=sys.stderr)
    _show(rows, format, output)


@app.command()
def describe(
    table: Annotated[str | None, typer.Argument(help="A table or view; without one, all of them.")] = None,
    format: FormatOption = "table",
    warehouse: WarehouseOption = None,
) -> None:
    """The data dictionary, from the warehouse itself: tables, views and macros, or the columns of one."""
    place = _place(warehouse)
    _show(queries.columns_of(place, table) if table else queries.dictionary(place), format, None)


@app.command()
def check(warehouse: WarehouseOption = None, format: FormatOption = "table") -> None:
    """Hold every claim of sql/4_checks for all rows. Exit 1 where one is broken."""
    console = show.console_for_logs()
    with read(_place(warehouse).published()) as connection, show.progress(console) as progress:
        claims = checks.check(connection, None, progress)
    rows = [(c.name, "broken" if c.broken_count else "holds", c.broken_count, c.sentence) for c in claims]
    _show(pl.DataFrame(rows, schema=["claim", "stands", "broken_rows", "says"], orient="row"), format, None)
    if broken := [claim for claim in claims if claim.broken_count]:
        raise checks.BrokenClaim(broken)


@app.command()
def loads(warehouse: WarehouseOption = None, format: FormatOption = "table") -> None:
    """Every run, newest first: what it published, or why it published nothing."""
    _show(queries.loads(_place(warehouse)), format, None)


def main() -> None:
    """Runs the command; a failure is one line on stderr, and a traceback only with --debug."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    arguments, debug = _take_global_options(sys.argv[1:])
    try:
        app(arguments)
    except KeyboardInterrupt:
        sys.exit(_say("stopped; the published version is as it was", 128 + signal.SIGINT))
    except Trouble as trouble:
        if debug:
            raise
        sys.exit(_say(str(trouble), trouble.exit_code))
    except Exception as error:
        if debug:
            raise
        sys.exit(_say(f"{type(error).__name__}: {error} (--debug shows where)", 1))


def _take_global_options(arguments: list[str]) -> tuple[list[str], bool]:
    """(other arguments, debug): goes to the folder of --project DIR, which may stand anywhere."""
    rest = list(arguments)
    for at, argument in enumerate(arguments):
        name, is_joined, folder = argument.partition("=")
        if name == "--project":
            folder = folder if is_joined else next(iter(arguments[at + 1 :]), "")
            del rest[at : at + (1 if is_joined else 2)]
            if not Path(folder).is_dir():
                sys.exit(_say(f"--project: the folder «{folder}» does not exist", 2))
            os.chdir(folder)
            break
    return [argument for argument in rest if argument != "--debug"], "--debug" in rest


def _say(sentence: str, exit_code: int) -> int:
    print(f"mustawda: {' '.join(sentence.split())}", file=sys.stderr)
    return exit_code


def _given(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _place(warehouse: Path | None) -> Place:
    return Place(Settings(**_given(warehouse=warehouse)).warehouse)


def _show(rows: pl.DataFrame, format: show.Format, output: Path | None) -> None:
    if format == "parquet" and output is None:
        raise typer.BadParameter("parquet is written to a file: give one with -o")
    show.frame(rows, format, output)
