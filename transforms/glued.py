"""Paragraphs glued together: «عامين.وأصبح», a full stop between two Arabic words without a blank.

A text with a few of them keeps its spelling (sentences end there all the same); one that has nothing else between
its paragraphs gets its line breaks back. The dots of names spelled by letters stay («بي.بي.سي», «العربية.نت», «ق.م»).
"""

from typing import Final

import polars as pl

from transforms.knowledge import table

_LETTER: Final = r"[\u0620-\u063f\u0641-\u065f\u0670-\u06d3]"  # and marks, without the stroke that stretches a word
_WORD: Final = rf"{_LETTER}{{2,}}"
_CLOSER: Final = r"[\"'»”’)\]]?"
GLUED: Final = rf"{_LETTER}{_CLOSER}\.{_WORD}"
"""What every glued place looks like: a text without it has none."""

MIN_GLUED_PARAGRAPHS: Final = 3
"""A text in one line with so many glued places lost its line breaks; with fewer it is a slip of typing."""


def glued_rules() -> list[tuple[pl.Expr, pl.Expr, pl.Expr]]:
    """(reason, when it holds, what it becomes) for the pieces «.» that is_glued marks."""
    are_paragraphs = pl.col("is_one_line") & (pl.col("is_glued").sum().over("row", "part") >= MIN_GLUED_PARAGRAPHS)
    return [(pl.lit("paragraph_joiner"), pl.col("is_glued") & are_paragraphs, pl.lit(".\n"))]


def is_glued() -> pl.Expr:
    """Whether a piece is a full stop between two words of two letters or more.

    Not within a name: beside the name of a letter, before the ending of an address, in a chain of words with dots.
    """
    piece = pl.col("piece")
    is_within = pl.col("raw_end").is_between(pl.col("size"), pl.col("length"), closed="none")
    is_stop = pl.col("has_glued") & (piece == ".") & is_within
    left, right = (pl.when(is_stop).then(piece.shift(by)) for by in (1, -1))
    before = left.str.extract(rf"(?:^|[^\p{{L}}\p{{M}}\u0640_@/-])({_WORD}){_CLOSER}$")
    behind = right.str.extract(rf"^({_WORD})(?:[^\p{{L}}_]|$)")
    has_stop_before = (piece.shift(2, fill_value="") == ".") & (pl.col("raw_end") - 1 > pl.col("size").shift(1))
    has_stop_behind = (piece.shift(-2, fill_value="") == ".") & (pl.col("raw_end").shift(-1) < pl.col("length"))
    is_chain = (_is_one_word(left) & has_stop_before) | (_is_one_word(right) & has_stop_behind)
    no_sentence = table("letter_names").filter(pl.col("kind") != "word")["name"].implode()
    is_name = is_chain | _is_letter(before) | behind.is_in(no_sentence)
    return (before.is_not_null() & behind.is_not_null() & ~is_name).fill_null(value=False)


def _is_one_word(piece: pl.Expr) -> pl.Expr:
    return piece.str.contains(rf"^{_WORD}$")


def _is_letter(word: pl.Expr) -> pl.Expr:
    """Whether a word is the name of a letter, perhaps with a clitic: «بي», «وبي»."""
    letters = table("letter_names").filter(pl.col("kind") != "ending")["name"].implode()
    return word.is_in(letters) | word.str.replace("^(?:وال|لل|[وفبلك])", "").is_in(letters)
