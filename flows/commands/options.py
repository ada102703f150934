"""What the commands share: the application, options, and the settings they make."""

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.settings import Settings
from flows.show import Format
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
LandingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--landing", help="Folder, glob or fsspec URL of article files; may be repeated [default: data/landing]."
    ),
]
SourcesOption = Annotated[
    Path | None, typer.Option("--sources", help="What each outlet's files look like [default: data/sources.toml].")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How rows are written; json is one array of objects.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write the rows to this file.")]


def settings(**options: Any) -> Settings:
    """The settings with the options that were given on the command line."""
    return Settings(**{name: value for name, value in options.items() if value is not None})


def place(warehouse: Path | None) -> Place:
    """The folder of the warehouse that a command is about."""
    return Place(settings(warehouse=warehouse).warehouse)
