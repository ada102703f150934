"""Why a word is read as it is: every cut and reading that was weighed, for the linguist who doubts."""

from typing import Final

import polars as pl

from transforms.lexicon.closed_words import function_words
from transforms.lexicon.lexemes import lexemes
from transforms.lexicon.readings import in_word, scored_readings
from transforms.lexicon.roots import roots
from transforms.lexicon.splitting import scored
from transforms.normalize import bare

SCORE_DIGITS: Final = 2
_READING: Final = ("proclitics", "stem", "enclitics", "lemma", "pos")


def explain(word: str) -> pl.DataFrame:
    """One row per cut and reading of a word, the chosen one first, then by score; none for what is no Arabic word.

    Columns: is_chosen, proclitics, stem, enclitics, lemma, pos, root, rule, cut_score, reading_score. The reading is
    chosen within the best cut; a function word has no scores, as it is looked up before any is weighed.
    """
    form = pl.DataFrame({"form": [word]})
    chosen = lexemes(form).filter(pl.col("stem").is_not_null()).select(*_READING, is_chosen=pl.lit(True))
    words = form.select(word_no=pl.lit(0, pl.UInt32), bare=bare(pl.col("form"))).head(len(chosen))
    return (
        pl.concat([_looked_up(words), _weighed(words)], how="diagonal")
        .join(chosen, on=_READING, how="left")
        .join(roots(), on=["lemma", "pos"], how="left")
        .sort("is_chosen", "cut_score", "reading_score", descending=True, nulls_last=True, maintain_order=True)
        .with_columns(is_chosen=pl.int_range(pl.len()) == 0)
        .select("is_chosen", *_READING, "root", "rule", pl.col("cut_score", "reading_score").round(SCORE_DIGITS))
    )


def _looked_up(words: pl.DataFrame) -> pl.DataFrame:
    """The row of the word as a function word, if it is one."""
    return words.join(function_words(), on="bare").select(*_READING, rule=pl.lit("function word"))


def _weighed(words: pl.DataFrame) -> pl.DataFrame:
    """Every cut of the word with every reading of its stem."""
    cuts = scored(words).drop("word_no").with_row_index("word_no")
    read = scored_readings(in_word(cuts)).rename({"score": "reading_score"})
    return (
        cuts.rename({"score": "cut_score"})
        .join(read, on="word_no")
        .select(*_READING, "rule", "cut_score", "reading_score")
    )
