"""Sentences and paragraphs glued together: «عامين.وأصبح», a full stop between two Arabic words without a blank.

The dots of names spelled by letters stay («بي.بي.سي», «العربية.نت», «ق.م», «د.أنطوان»).
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


def glued_rules() -> list[tuple[str, pl.Expr, pl.Expr]]:
    """(reason, when it holds, what it becomes) for the piece «.» of a text that is cut at every full stop."""
    is_glued = _is_glued()
    are_paragraphs = pl.col("is_one_line") & (is_glued.sum().over("row", "part") >= MIN_GLUED_PARAGRAPHS)
    return [
        ("paragraph_joiner", is_glued & are_paragraphs, pl.lit(".\n")),
        ("glued_sentence", is_glued, pl.lit(". ")),
    ]


def _is_glued() -> pl.Expr:
    """Whether a piece is a full stop with a word of two letters or more on either side, none of them a letter's name."""
    piece = pl.col("piece")
    is_within = (pl.col("raw_start") > 0) & (pl.col("raw_end") < pl.col("length"))
    is_stop = pl.col("has_glued") & (piece == ".") & is_within
    left, right = (pl.when(is_stop).then(piece.shift(by)) for by in (1, -1))
    before = left.str.extract(rf"(?:^|[^\p{{L}}\p{{M}}\u0640_@/-])({_WORD}){_CLOSER}$")
    behind = right.str.extract(rf"^({_WORD})(?:[^\p{{L}}_]|$)")
    goes_on = right.str.contains(rf"^{_WORD}$") & (piece.shift(-2) == ".")
    letters, words, ends = (table("letter_names").filter(kind=k)["name"].implode() for k in ("letter", "word", "ending"))
    is_spelled = (
        _is_letter(before)
        | behind.is_in(letters)
        | (behind.is_in(words) & goes_on)
        | behind.is_in(ends)
    )
    return (before.is_not_null() & behind.is_not_null() & ~is_spelled).fill_null(value=False)


def _is_letter(word: pl.Expr) -> pl.Expr:
    """Whether a word is the name of a letter, perhaps with a clitic: «بي», «وبي»."""
    letters = table("letter_names").filter(pl.col("kind") != "ending")["name"].implode()
    return word.is_in(letters) | word.str.replace("^(?:وال|لل|[وفبلك])", "").is_in(letters)
