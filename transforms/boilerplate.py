"""Lines that belong to the page and not to the article («اقرأ أيضا: …», «شارك الخبر») are taken out of a body.

Whole lines only, by the reviewed table boilerplate.csv; a line goes with one of its line breaks, as one edit.
"""

from typing import Final

import polars as pl

from transforms.knowledge import table
from transforms.normalize import fold

MAX_LINE_CHARS: Final = 200
"""A longer line is prose."""

_COLUMNS: Final = ["row", "part", "piece", "raw_start", "raw_end", "replacement", "reason"]


def without_boilerplate(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces of cleaning, those of boilerplate lines as one piece that nothing replaces."""
    is_body = pl.col("part") == "body"
    short = pieces.filter(is_body & (pl.col("size") <= MAX_LINE_CHARS))
    suspects = short.filter(_has_marker("piece"))["row"].unique()
    pieces = pieces.select(_COLUMNS)
    lines = _lines(pieces.with_row_index("place").filter(is_body & pl.col("row").is_in(suspects.implode())))
    touched = lines.filter(pl.col("is_page").any().over("row"))
    if not len(touched):
        return pieces
    untouched = pieces.with_row_index("place").join(touched.select("place"), on="place", how="anti")
    return pl.concat([untouched, _cut(touched)]).sort("place").select(_COLUMNS)


def _lines(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces with line_no (a line break begins the line behind it) and is_page: whether the line is boilerplate."""
    is_break = pl.col("replacement").str.contains("\n", literal=True)
    numbered = pieces.with_columns(line_no=is_break.cum_sum(), is_break=is_break)
    may_be_page = (pl.col("line").str.len_chars() <= MAX_LINE_CHARS) & _has_marker("line")
    lines = (
        numbered.group_by("row", "line_no", maintain_order=True)
        .agg(line=pl.col("replacement").str.join("").str.strip_chars())
        .with_columns(is_page=pl.when(may_be_page).then("line"))
        .select("row", "line_no", is_page=fold(pl.col("is_page")).str.contains(_known()).fill_null(value=False))
    )
    return numbered.join(lines, on=["row", "line_no"], how="left", maintain_order="left")


def _has_marker(column: str) -> pl.Expr:
    """Whether a text holds a word without which it is no boilerplate."""
    return pl.col(column).str.contains_any(table("boilerplate")["marker"].unique(maintain_order=True).to_list())


def _known() -> str:
    """A pattern for a whole line, folded, that a row of the table knows, whatever signs stand around its words."""
    patterns = table("boilerplate").select(fold(pl.col("pattern"))).to_series()
    sign = r"[^\p{L}\p{N}]*"
    return rf"^{sign}(?:{'|'.join(patterns)}){sign}$"


def _cut(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces without boilerplate lines: a line goes with the break before it, the first with the one behind."""
    first_kept = pl.when(~pl.col("is_page")).then("line_no").min().over("row")
    is_behind_kept = (pl.col("line_no") > first_kept).fill_null(value=False)
    before, behind = (pl.col("replacement").str.extract(part) for part in (r"^([^\n]*)\n", r"\n *(.*)$"))
    cut = pieces.with_columns(
        replacement=pl.when("is_page", "is_break", is_behind_kept).then(before)
        .when("is_page").then(pl.lit(""))
        .when("is_break", ~is_behind_kept).then(behind)
        .otherwise("replacement"),
        is_cut=pl.col("is_page") | (pl.col("is_break") & ~is_behind_kept),
    ).with_columns(is_cut=pl.col("is_cut") & (pl.col("replacement") == ""))  # fmt: skip
    is_new_run = (pl.col("row") != pl.col("row").shift(1)) | ~pl.col("is_cut") | ~pl.col("is_cut").shift(1)
    return (
        cut.group_by("row", "part", run=is_new_run.fill_null(value=True).cum_sum(), maintain_order=True)
        .agg(
            pl.col("place").first(),
            pl.col("piece").str.join(""),
            pl.col("raw_start").first(),
            pl.col("raw_end").last(),
            pl.col("replacement").str.join(""),
            reason=pl.when(pl.col("is_cut").first()).then(pl.lit("boilerplate")).otherwise(pl.col("reason").first()),
        )
        .select("place", *_COLUMNS)
    )
