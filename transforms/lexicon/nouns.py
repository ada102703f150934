"""Noun and adjective forms: which lemmas a form may belong to.

The dictionary tells, the endings of plurals, duals and feminines, and the patterns of broken plurals.
"""

from functools import cache
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.knowledge import table
from transforms.lexicon.clitics import ARTICLE
from transforms.lexicon.dictionary import dictionary, folded_dictionary
from transforms.lexicon.frequencies import spelled_frequencies
from transforms.lexicon.tables import kept
from transforms.lexicon.verbs import dictionary_verbs
from transforms.normalize import unify_alef, unify_spelling

LONGEST_ENDING: Final = 3
SHORTEST_LEMMA: Final = 2
READING: Final = ("core", "rule", "lemma", "prior")


@kept
def noun_lemmas() -> pl.DataFrame:
    """One row per dictionary form with another lemma that is no verb: core, lemma."""
    nouns = dictionary().join(dictionary_verbs(), on="lemma", how="anti").filter(pl.col("form") != pl.col("lemma"))
    return nouns.select(core="form", lemma=pl.col("lemma").str.replace(f"^{ARTICLE}(..)", "${1}"))


@cache
def _endings() -> pl.DataFrame:
    return table("noun_endings").with_columns(pl.col("restored").fill_null("")).select("ending", "restored", "rule")


@kept
def broken_plurals() -> pl.DataFrame:
    """One row per plural of the lists or the patterns whose singular the language uses: core, rule, lemma, prior."""
    nouns = (
        spelled_frequencies()
        .filter(pl.col("with_article") > 0)
        .select(lemma="bare", weight=pl.col("with_article").log())
    )
    words = spelled_frequencies().select(core="bare")
    fitting = [
        words.filter(pl.col("core").str.contains(plural)).select(
            "core",
            rule=pl.lit("broken"),
            lemma=pl.col("core").str.replace(plural, _braced(singular)),
            prior=pl.lit(prior),
        )
        for plural, singular, prior in table("plural_patterns").select("plural", "singular", "prior").rows()
    ]
    best = (
        pl.concat(fitting)
        .join(nouns, on="lemma")
        .filter(pl.col("core") != pl.col("lemma"))
        .sort(pl.col("weight") / 2 + pl.col("prior"), "lemma", descending=[True, False])
        .unique("core", keep="first", maintain_order=True)
        .select(READING)
    )
    listed = (
        pl.concat(
            [
                table("whole_words")
                .filter(pl.col("pos") == "noun")
                .select(
                    core="stem",
                    rule=pl.when(pl.col("kind") == "name").then(pl.lit("listed_name")).otherwise(pl.lit("listed")),
                    lemma="lemma",
                ),
                table("plurals").select(core="plural", rule=pl.lit("listed"), lemma="singular"),
            ]
        )
        .unique("core", keep="first", maintain_order=True)
        .with_columns(prior=pl.lit(0.0))
    )
    return pl.concat([listed, best])


def _braced(replacement: str) -> str:
    """$1 → ${1}: a letter after the number would be read as part of the name."""
    for number in "1234":
        replacement = replacement.replace(f"${number}", f"${{{number}}}")
    return replacement


def noun_readings(cores: pl.DataFrame) -> pl.DataFrame:
    """One row per core (`core`) and noun reading: rule, lemma, prior, pos."""
    same = cores.select("core", rule=pl.lit("same"), lemma="core", prior=pl.lit(0.0))
    listed = cores.join(noun_lemmas(), on="core").select(
        "core", rule=pl.lit("dictionary"), lemma="lemma", prior=pl.lit(0.0)
    )
    folded = (
        cores.join(dictionary().select(core="form"), on="core", how="anti")
        .filter(pl.col("core") == unify_alef(pl.col("core")))
        .with_columns(folded=unify_spelling(pl.col("core")))
        .join(folded_dictionary(), on="folded")
        .select("core", rule=pl.lit("folded"), lemma="lemma", prior=pl.lit(0.0))
    )
    stripped = _stripped(cores)
    broken = cores.join(broken_plurals(), on="core").select(READING)
    tanwin = (
        stripped.filter(pl.col("rule") == "tanwin").rename({"core": "whole", "lemma": "core"}).select("whole", "core")
    )
    further = pl.concat(
        [
            tanwin.join(noun_lemmas(), on="core").select(
                core="whole", rule=pl.lit("dictionary"), lemma="lemma", prior=pl.lit(-0.5)
            ),
            tanwin.join(broken_plurals(), on="core").select(
                core="whole", rule="rule", lemma="lemma", prior=pl.col("prior") - 0.5
            ),
        ]
    )
    defective = listed.filter(pl.col("lemma").str.len_chars() <= 5).with_columns(
        rule=pl.lit("defective"), lemma=pl.col("lemma") + ar.YEH
    )
    return pl.concat([same, listed, folded, stripped, broken, further, defective]).with_columns(pos=pl.lit("noun"))


def _stripped(cores: pl.DataFrame) -> pl.DataFrame:
    """Each core without an ending that it has."""
    length = pl.col("core").str.len_chars()
    return (
        cores.lazy()
        .with_columns(tail=pl.lit(list(range(1, LONGEST_ENDING + 1)), dtype=pl.List(pl.UInt32)))
        .explode("tail")
        .filter(length >= pl.col("tail") + SHORTEST_LEMMA)
        .with_columns(
            ending=pl.col("core").str.slice(length - pl.col("tail")),
            body=pl.col("core").str.slice(0, length - pl.col("tail")),
        )
        .join(_endings().lazy(), on="ending")
        .select("core", "rule", lemma=pl.col("body") + pl.col("restored"), prior=pl.lit(0.0))
        .collect()
    )
