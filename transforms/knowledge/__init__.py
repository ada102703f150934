"""Tables that people who do not code can review; written from grammar, none taken from a corpus."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import polars as pl

FOLDER: Final[Traversable] = files(__name__)


@cache
def table(name: str) -> pl.DataFrame:
    """The table `name`.csv, read once a process; lines that begin with # are remarks."""
    rows = pl.read_csv((FOLDER / f"{name}.csv").read_bytes(), comment_prefix="#")
    return rows.with_columns(pl.col(r"^.*_no$").cast(pl.Int32))
