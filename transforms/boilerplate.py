"""Lines that belong to the page and not to the article («اقرأ أيضا: …», «شارك الخبر») are taken out of a body.

Whole lines only, by the reviewed table boilerplate.csv; a line goes with one of its line breaks, as one edit.
"""

from typing import Final

import polars as pl

from transforms.knowledge import table
from transforms.normalize import fold

MAX_LINE_CHARS: Final = 200
"""A longer line is prose."""

_OF_LINE: Final = ["row", "part", "line_no"]


def without_boilerplate(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces of cleaning with those of boilerplate lines made one piece, replaced by nothing."""
    markers = table("boilerplate")["marker"].unique(maintain_order=True).to_list()
    has_marker = (pl.col("part") == "body") & pl.col("piece").str.contains_any(markers)
    rows = pieces.filter(has_marker)["row"].unique()
    if not len(rows):
        return pieces
    is_suspect = pl.col("row").is_in(rows.implode()) & (pl.col("part") == "body")
    suspects = pieces.with_row_index("piece_no").filter(is_suspect)
    lines = suspects.with_columns(line_no=pl.col("replacement").str.contains("\n", literal=True).cum_sum())
    boilerplate = _boilerplate(lines)
    if not len(boilerplate):
        return pieces
    touched = lines.join(boilerplate.select("row").unique(), on="row", how="semi", maintain_order="left")
    return _put_back(pieces, _merged(_marked(touched, boilerplate)))


def _boilerplate(lines: pl.DataFrame) -> pl.DataFrame:
    """row, part, line_no of the lines that the table knows, whatever signs stand around the words."""
    text = lines.group_by(_OF_LINE, maintain_order=True).agg(line=pl.col("replacement").str.join(""))
    patterns = table("boilerplate").select(fold(pl.col("pattern"))).to_series()
    known = rf"^[^\p{{L}}\p{{N}}]*(?:{'|'.join(patterns)})[^\p{{L}}\p{{N}}]*$"
    return (
        text.with_columns(pl.col("line").str.strip_chars())
        .filter(pl.col("line").str.len_chars().is_between(1, MAX_LINE_CHARS))
        .filter(fold(pl.col("line")).str.contains(known))
        .select(_OF_LINE)
    )
