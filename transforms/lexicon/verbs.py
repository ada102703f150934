"""Verb forms: which past third person (the lemma) a conjugated form belongs to.

A form loses its person marks, the body goes through the patterns of weak and derived verbs, and what comes out counts
only where the frequency list and the dictionary know it as a verb. Bodies are worked out once per process.
"""

import re
from functools import cache
from math import log
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.cores import on_cores, slices
from transforms.knowledge import table
from transforms.lexicon.dictionary import dictionary
from transforms.lexicon.frequencies import frequencies
from transforms.lexicon.tables import kept, once

IMPERFECT_MARK: Final = f"^[{ar.YEH}{ar.TEH}{ar.NOON}{ar.ALEF_HAMZA_ABOVE}]"
LONGEST_ENDING: Final = 2
SHORTEST_BODY: Final = 2
SEEN: Final = 1e-8

VERB_FORMS: Final = 3
"""A lemma is a verb if its paradigm in the dictionary has this many forms in ي."""

LISTED: Final = 2.0
"""What the dictionary's word for it adds to a verb's weight."""

REVIEWED: Final = -10.0
"""The weight of a reviewed lemma that the frequency list does not know."""


@cache
def _endings() -> pl.DataFrame:
    return table("verb_endings").with_columns(pl.col("ending", "restored").fill_null(""))


@once
def dictionary_verbs() -> pl.DataFrame:
    """One row per lemma whose paradigm in the dictionary is a verb's."""
    third_person = pl.col("form").str.starts_with(ar.YEH) & ~pl.col("lemma").str.starts_with(ar.YEH)
    return (
        dictionary()
        .filter(third_person)
        .group_by("lemma", maintain_order=True)
        .len()
        .filter(pl.col("len") >= VERB_FORMS)
        .select("lemma")
    )


@once
def _imperfects() -> pl.DataFrame:
    """One row per imperfect in ي and the past that a pattern makes of it: body, lemma, prior, its frequency."""
    bodies = (
        frequencies()
        .filter(pl.col("bare").str.starts_with(ar.YEH) & (pl.col("bare").str.len_chars() > SHORTEST_BODY))
        .select(body=pl.col("bare").str.slice(1), imperfect="frequency", shape=pl.lit("imperfect"))
    )
    return pl.concat([_by_pattern(bodies, *row) for row in _patterns("imperfect").rows()]).select(
        "body", "lemma", "prior", "imperfect"
    )


@once
def verb_lemmas() -> pl.DataFrame:
    """One row per past third person that the language uses as a verb: lemma, weight.

    It, its feminine and its imperfect are all attested.
    """
    seen = frequencies().select("bare", "frequency")
    end = pl.col("lemma").str.slice(-1)
    cut = pl.col("lemma").str.slice(0, pl.col("lemma").str.len_chars() - 1)
    feminine = pl.when(end.is_in([ar.ALEF_MAKSURA, ar.ALEF])).then(cut).otherwise("lemma") + ar.TEH
    listed = dictionary_verbs().with_columns(is_listed=pl.lit(True))
    imperfect = (
        _imperfects().group_by("lemma", maintain_order=True).agg((pl.col("imperfect").log() + pl.col("prior")).max())
    )
    return (
        pl.concat([imperfect.select("lemma"), dictionary_verbs()])
        .unique(maintain_order=True)
        .with_columns(feminine=feminine)
        .join(imperfect, on="lemma", how="left")
        .join(seen.rename({"bare": "lemma", "frequency": "past"}), on="lemma", how="left")
        .join(seen.rename({"bare": "feminine", "frequency": "feminine_past"}), on="feminine", how="left")
        .join(listed, on="lemma", how="left")
        .with_columns(
            pl.col("past", "feminine_past").fill_null(0.0),
            pl.col("imperfect").fill_null(log(SEEN)),
            pl.col("is_listed").fill_null(False),
        )
        .filter(pl.col("is_listed") | ((pl.col("past") > SEEN) & (pl.col("feminine_past") > SEEN)))
        .select(
            "lemma",
            weight=(_log_seen("past") + _log_seen("feminine_past") + pl.col("imperfect")) / 3
            + LISTED * pl.col("is_listed").cast(pl.Float64),
        )
    )


def _log_seen(column: str) -> pl.Expr:
    return (SEEN + pl.col(column)).log()


def _patterns(shape: str) -> pl.DataFrame:
    return table("verb_patterns").filter(pl.col("shape") == shape).select("shape", "body", "lemma", "prior")


@kept
def verb_bodies() -> pl.DataFrame:
    """One row per shape and body that the language writes: the best lemma of several, a reviewed one before all."""
    attested = pl.concat(on_cores(_attested, slices(_written_bodies()))).with_columns(is_reviewed=pl.lit(False))
    reviewed = (
        table("verbs")
        .join(verb_lemmas(), on="lemma", how="left")
        .with_columns(pl.col("weight").fill_null(REVIEWED), is_reviewed=pl.lit(True))
    )
    return (
        pl.concat([attested, reviewed.select(attested.columns)])
        .sort("is_reviewed", "weight", "lemma", descending=[True, True, False])
        .unique(["shape", "body"], keep="first", maintain_order=True)
        .select("shape", "body", "lemma", "weight")
    )


def _written_bodies() -> pl.DataFrame:
    """One row per shape and body that the frequency list or the dictionary has; no pattern makes a body shorter."""
    words = pl.concat([frequencies().select(core="bare"), dictionary().select(core="form")])
    longest = int(verb_lemmas().select(pl.col("lemma").str.len_chars().max()).item())
    short = words.filter(pl.col("core").str.len_chars() <= longest + LONGEST_ENDING + 1).unique(maintain_order=True)
    bodies = _bodies(short).filter(pl.col("body").str.len_chars() <= longest)
    return bodies.select("shape", "body").unique(maintain_order=True)


def _attested(bodies: pl.DataFrame) -> pl.DataFrame:
    """The bodies with every lemma that a pattern makes of them and the language uses as a verb."""
    of_shape = dict(bodies.partition_by("shape", as_dict=True, maintain_order=True))
    empty = bodies.clear()
    tries = [
        _by_pattern(of_shape.get((shape,), empty), shape, *rest)
        for shape, *rest in table("verb_patterns").select("shape", "body", "lemma", "prior").rows()
    ]
    return (
        pl.concat(tries)
        .join(verb_lemmas(), on="lemma")
        .select("shape", "body", "lemma", weight=pl.col("weight") + pl.col("prior"))
    )


def _by_pattern(bodies: pl.DataFrame, shape: str, pattern: str, lemma: str, prior: float) -> pl.DataFrame:
    """The bodies of a shape that fit the pattern, with the lemma it makes."""
    fitting = bodies.filter((pl.col("shape") == shape) & pl.col("body").str.contains(pattern))
    return fitting.with_columns(
        lemma=pl.col("body").str.replace(pattern, re.sub(r"\$(\d)", r"${\1}", lemma)), prior=pl.lit(prior)
    )


def _bodies(cores: pl.DataFrame) -> pl.DataFrame:
    """Each core (`core`) without the person marks that it may have: tense, ending, shape, body, prior."""
    imperfect = cores.filter(pl.col("core").str.contains(IMPERFECT_MARK)).select(
        "core", tense=pl.lit("imperfect"), rest=pl.col("core").str.slice(1)
    )
    past = cores.select("core", tense=pl.lit("past"), rest="core")
    length = pl.col("rest").str.len_chars()
    return (
        pl.concat([imperfect, past])
        .lazy()
        .with_columns(tail=pl.lit(list(range(LONGEST_ENDING + 1)), dtype=pl.List(pl.UInt32)))
        .explode("tail")
        .filter(length >= pl.col("tail") + SHORTEST_BODY)
        .with_columns(
            ending=pl.col("rest").str.slice(length - pl.col("tail")),
            body=pl.col("rest").str.slice(0, length - pl.col("tail")),
        )
        .join(_endings().lazy().select("tense", "ending", "restored", "shape", "prior"), on=["tense", "ending"])
        .with_columns(body=pl.col("body") + pl.col("restored"))
        .select("core", "tense", "ending", "shape", "body", "prior")
        .collect()
    )


def verb_readings(cores: pl.DataFrame) -> pl.DataFrame:
    """One row per core (`core`) and verb reading: rule, lemma, prior, pos."""
    found = _bodies(cores).join(verb_bodies(), on=["shape", "body"])
    rule = pl.when(pl.col("ending") == "").then("tense").otherwise(pl.col("tense") + "_suffix")
    reviewed = (
        table("whole_words")
        .filter(pl.col("pos") == "verb")
        .select(core="stem", rule=pl.lit("listed_verb"), lemma="lemma", prior=pl.lit(0.0), weight=pl.lit(REVIEWED))
    )
    readings = found.select("core", rule.alias("rule"), "lemma", "prior", "weight")
    return pl.concat([readings, cores.join(reviewed, on="core").select(readings.columns)]).with_columns(
        pos=pl.lit("verb")
    )
