"""Tables that people who do not code can review; a table is read once a process."""

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def table(name: str) -> pl.DataFrame:
    """The table `name`.csv of this folder, every column as text but those that end in `_no`."""
    path = files(__package__) / f"{name}.csv"
    text = pl.read_csv(path.read_bytes(), infer_schema=False, comment_prefix="#", quote_char=None)
    return text.with_columns(pl.col(r"^.*_no$").cast(pl.Int32))


def column(name: str, of: str) -> list[str]:
    """The values of one column of a table, in the order of its rows."""
    return table(name).get_column(of).to_list()
