"""Noun and adjective forms: which lemmas a form may belong to.

The dictionary tells, the endings of plurals, duals and feminines, and the patterns of broken plurals.
"""

from functools import cache
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.cores import on_cores, slices
from transforms.knowledge import table
from transforms.lexicon.clitics import ARTICLE
from transforms.lexicon.dictionary import dictionary, folded_dictionary
from transforms.lexicon.frequencies import spelled_frequencies
from transforms.lexicon.tables import kept
from transforms.lexicon.verbs import dictionary_verbs
from transforms.normalize import unify_alef, unify_spelling

LONGEST_ENDING: Final = 3
SHORTEST_LEMMA: Final = 2
LONGEST_DEFECTIVE: Final = 5
WITHOUT_TANWIN: Final = 0.5
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
    words = spelled_frequencies().select(core="bare").filter(pl.col("core").str.len_chars() <= _longest_plural())
    best = (
        pl.concat(on_cores(_by_pattern, slices(words)))
        .join(_singulars(), on="lemma")
        .filter(pl.col("core") != pl.col("lemma"))
        .sort(pl.col("weight") / 2 + pl.col("prior"), "lemma", descending=[True, False])
        .unique("core", keep="first", maintain_order=True)
        .select(READING)
    )
    return pl.concat([_listed_nouns(), best])


def _longest_plural() -> int:
    """The letters of the longest pattern: each of its elements is one letter."""
    letters = pl.col("plural").str.replace_all("[$^()]", "").str.len_chars()
    return int(table("plural_patterns").select(letters.max()).item())


def _by_pattern(words: pl.DataFrame) -> pl.DataFrame:
    """The words that a pattern fits, each with the singular that it makes: core, rule, lemma, prior."""
    core = pl.col("core")
    return pl.concat(
        words.filter(core.str.contains(plural)).select(
            "core", rule=pl.lit("broken"), lemma=core.str.replace(plural, _braced(singular)), prior=pl.lit(prior)
        )
        for plural, singular, prior in table("plural_patterns").select("plural", "singular", "prior").rows()
    )


def _singulars() -> pl.DataFrame:
    """One row per word that is used with the article: lemma, weight."""
    used = spelled_frequencies().filter(pl.col("with_article") > 0)
    return used.select(lemma="bare", weight=pl.col("with_article").log())


def _listed_nouns() -> pl.DataFrame:
    """One row per form of the reviewed tables: core, rule, lemma, prior."""
    is_name = pl.col("kind") == "name"
    rule = pl.when(is_name).then(pl.lit("listed_name")).otherwise(pl.lit("listed"))
    whole = table("whole_words").filter(pl.col("pos") == "noun").select(core="stem", rule=rule, lemma="lemma")
    plurals = table("plurals").select(core="plural", rule=pl.lit("listed"), lemma="singular")
    listed = pl.concat([whole, plurals]).unique("core", keep="first", maintain_order=True)
    return listed.with_columns(prior=pl.lit(0.0))


def _braced(replacement: str) -> str:
    """$1 → ${1}: a letter after the number would be read as part of the name."""
    for number in "1234":
        replacement = replacement.replace(f"${number}", f"${{{number}}}")
    return replacement


def noun_readings(cores: pl.DataFrame) -> pl.DataFrame:
    """One row per core (`core`) and noun reading: rule, lemma, prior, pos."""
    same = cores.select("core", rule=pl.lit("same"), lemma="core", prior=pl.lit(0.0))
    listed = _listed(cores)
    stripped = _stripped(cores)
    broken = cores.join(broken_plurals(), on="core").select(READING)
    found = [same, listed, _careless(cores), stripped, broken, _without_tanwin(stripped), _defective(listed)]
    return pl.concat(found).with_columns(pos=pl.lit("noun"))


def _listed(cores: pl.DataFrame) -> pl.DataFrame:
    """The cores that are dictionary forms of another lemma."""
    listed = cores.join(noun_lemmas(), on="core")
    return listed.select("core", rule=pl.lit("dictionary"), lemma="lemma", prior=pl.lit(0.0))


def _careless(cores: pl.DataFrame) -> pl.DataFrame:
    """The cores that the dictionary knows in another spelling alone: hamza left out, ي for ى."""
    known = dictionary().select(core="form").join(cores, on="core", how="semi")
    return (
        cores.join(known, on="core", how="anti")
        .filter(pl.col("core") == unify_alef(pl.col("core")))
        .with_columns(folded=unify_spelling(pl.col("core")))
        .join(folded_dictionary(), on="folded")
        .select("core", rule=pl.lit("folded"), lemma="lemma", prior=pl.lit(0.0))
    )


def _without_tanwin(stripped: pl.DataFrame) -> pl.DataFrame:
    """What the dictionary and the broken plurals say of a core without its tanwin: مدنا → مدن → مدينة."""
    tanwin = stripped.filter(pl.col("rule") == "tanwin").select(whole="core", core="lemma")
    known = pl.concat([_listed(tanwin.select("core").unique()), broken_plurals()])
    return tanwin.join(known, on="core").select(
        core="whole", rule="rule", lemma="lemma", prior=pl.col("prior") - WITHOUT_TANWIN
    )


def _defective(listed: pl.DataFrame) -> pl.DataFrame:
    """The short lemmas with the ي that the dictionary writes without: قاض → قاضي."""
    short = listed.filter(pl.col("lemma").str.len_chars() <= LONGEST_DEFECTIVE)
    return short.with_columns(rule=pl.lit("defective"), lemma=pl.col("lemma") + ar.YEH)


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
