"""Which of the possible cuts of a word is the right one: a linear score of what is known about its stem."""

from math import log
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.lexicon.clitics import ARTICLE, candidates
from transforms.lexicon.closed_words import misleading_stems, stems_without_pronoun, whole_words
from transforms.lexicon.dictionary import dictionary, folded_dictionary
from transforms.lexicon.frequencies import frequencies, stem_key, stem_statistics
from transforms.lexicon.tables import kept, looked_up

# Weights of the evidence, in the units of the priors (natural log); tuned on the development sets and rounded.
CONTEXTS: Final = 0.7
ALONE: Final = 0.4
WITH_ARTICLE: Final = 0.15
IN_DICTIONARY: Final = 3.0
IN_DICTIONARY_FOLDED: Final = 1.0
REVIEWED: Final = 3.4
ATTESTED_CONSTRUCT: Final = 1.5
ARTICLE_AFTER_PREPOSITION: Final = 1.9
PREPOSITION_WITHOUT_NOUN: Final = -1.2
CLITIC_ON_TWO_LETTERS: Final = -2.0
CLITIC_ON_THREE_LETTERS: Final = -0.6
CLITIC_ON_DIGITS: Final = 8.0
PRONOUN_ON_A_PARTICLE: Final = -8.0
STRANGER: Final = -0.8
"""Neither in the dictionary nor ever seen with the article."""

PRONOUN_AFTER_TEH: Final = 0.9
"""نشرتها is more often «she published it» than «its bulletin» where both words are as common."""

IMPERFECT_WITH_OUR_OBJECT: Final = 8.0
FULL_ENDING: Final = f"..({ar.YEH}{ar.NOON}|{ar.ALEF}{ar.NOON})$"

SCORE_DIGITS: Final = 6
"""Sums of the same weights in another order must tie."""

CUT: Final = ("word_no", "proclitics", "stem", "enclitics", "core", "has_article")
UNSEEN: Final = 1e-9
UNSEEN_SCORE: Final = CONTEXTS * log(0.2) + (ALONE + WITH_ARTICLE) * log(UNSEEN)


@kept
def _evidence() -> pl.DataFrame:
    """One row per key: the part of the score that depends on the stem's statistics alone."""
    keys = folded_dictionary().select(key="folded", is_known_folded=pl.lit(True))
    return (
        stem_statistics()
        .join(keys, on="key", how="full", coalesce=True)
        .select(
            "key",
            "is_known_folded",
            is_noun=pl.col("article_contexts").fill_null(0) > 0,
            seen=CONTEXTS * (0.2 + pl.col("contexts").fill_null(0)).log()
            + ALONE * (UNSEEN + pl.col("alone").fill_null(0.0)).log()
            + WITH_ARTICLE * (UNSEEN + pl.col("with_article").fill_null(0.0)).log(),
        )
    )


@kept
def _dictionary_stems() -> pl.DataFrame:
    """One row per stem that is known as a word, with the weight of that, and whether it never has a pronoun."""
    listed = pl.concat(
        [
            dictionary().select(core="form"),
            whole_words().select(core="stem"),
            _construct_forms(dictionary().select(core="form")),
        ]
    )
    attested = _construct_forms(frequencies().select(core="bare"))
    reviewed = misleading_stems().select(core="stem", known=pl.lit(IN_DICTIONARY + REVIEWED))
    known = pl.concat(
        [
            reviewed,
            listed.with_columns(known=pl.lit(IN_DICTIONARY)),
            attested.with_columns(known=pl.lit(ATTESTED_CONSTRUCT)),
        ]
    ).unique("core", keep="first", maintain_order=True)
    alone = stems_without_pronoun().select(core="stem", stands_alone=pl.lit(True))
    return known.join(alone, on="core", how="full", coalesce=True)


def _construct_forms(words: pl.DataFrame) -> pl.DataFrame:
    """The plurals and duals whose singular is among the words too, as they stand before a pronoun: منافسين → منافسي."""
    full = words.filter(pl.col("core").str.contains(FULL_ENDING))
    numbered = full.with_columns(singular=pl.col("core").str.head(-2))
    return numbered.join(words, left_on="singular", right_on="core", how="semi").select(pl.col("core").str.head(-1))


def scored(words: pl.DataFrame) -> pl.DataFrame:
    """One row per candidate cut of the words (`word_no`, `bare`), with its score."""
    return (
        candidates(words)
        .with_columns(key=stem_key(), core=without_known_article())
        .pipe(looked_up, _evidence(), "key")
        .pipe(looked_up, _dictionary_stems(), "core")
        .select(*CUT, score=_score().round(SCORE_DIGITS))
    )


def without_known_article() -> pl.Expr:
    """The stem of a candidate without the article that it has."""
    return pl.when("has_article").then(pl.col("stem").str.slice(len(ARTICLE))).otherwise("stem")


def _score() -> pl.Expr:
    letters = pl.col("core").str.len_chars()
    has_clitic = (pl.col("proclitics") != "") | (pl.col("enclitics") != "")
    preposition = pl.col("proclitics").str.contains(f"[{ar.BEH}{ar.LAM}{ar.KAF}]")
    our_object = (pl.col("enclitics") == ar.NOON + ar.ALEF) & pl.col("stem").str.contains(
        f"^[{ar.YEH}{ar.TEH}{ar.NOON}].*{ar.NOON}$"
    )
    bonus = [
        (preposition & pl.col("has_article"), ARTICLE_AFTER_PREPOSITION),
        (preposition & ~pl.col("is_noun").fill_null(False), PREPOSITION_WITHOUT_NOUN),
        (has_clitic & (letters == 2), CLITIC_ON_TWO_LETTERS),
        (has_clitic & (letters == 3), CLITIC_ON_THREE_LETTERS),
        (has_clitic & pl.col("stem").str.contains("^[0-9]"), CLITIC_ON_DIGITS),
        (pl.col("stem").str.ends_with(ar.TEH) & (pl.col("enclitics") != ""), PRONOUN_AFTER_TEH),
        (
            pl.col("known").is_null() & pl.col("is_known_folded").is_null() & ~pl.col("is_noun").fill_null(False),
            STRANGER,
        ),
        (pl.col("stands_alone").fill_null(False) & (pl.col("enclitics") != ""), PRONOUN_ON_A_PARTICLE),
        (our_object, IMPERFECT_WITH_OUR_OBJECT),
    ]
    known = pl.coalesce("known", pl.when("is_known_folded").then(IN_DICTIONARY_FOLDED), pl.lit(0.0))
    return pl.sum_horizontal(
        pl.col("prior"),
        pl.col("seen").fill_null(UNSEEN_SCORE),
        known,
        *[pl.when(case).then(weight).otherwise(0.0) for case, weight in bonus],
    )


def best_cut(words: pl.DataFrame) -> pl.DataFrame:
    """One row per word: the cut with the highest score; of equals, the one with fewer clitics."""
    return (
        scored(words)
        .sort("word_no", "score", "proclitics", "enclitics", "stem", descending=[False, True, False, False, False])
        .unique("word_no", keep="first", maintain_order=True)
        .select(CUT)
    )
