"""Noun or verb, and of which lemma: all readings of a stem, and the one that the evidence favours."""

import polars as pl
import pyarabic.araby as ar

from transforms.lexicon.dictionary import dictionary
from transforms.lexicon.evidence import OF_THE_FORM, clitic_scores, score, score_in_word
from transforms.lexicon.frequencies import spelled_frequencies
from transforms.lexicon.nouns import noun_readings
from transforms.lexicon.tables import kept
from transforms.lexicon.verbs import dictionary_verbs, verb_readings


@kept
def _known_words() -> pl.DataFrame:
    """One row per written form without article: frequencies, what the dictionary says of it (entry), is_lemma.

    Entry is 'verb', 'noun', or 'same' where the dictionary gives the form itself.
    """
    verbs = dictionary_verbs().with_columns(is_verb=pl.lit(True))
    kind = (
        pl.when("is_verb")
        .then(pl.lit("verb"))
        .when(pl.col("form") == pl.col("lemma"))
        .then(pl.lit("same"))
        .otherwise(pl.lit("noun"))
    )
    entries = dictionary().join(verbs, on="lemma", how="left").select(bare="form", entry=kind)
    lemmas = dictionary().select(bare="lemma").unique().with_columns(is_lemma=pl.lit(True))
    return (
        spelled_frequencies()
        .join(entries, on="bare", how="full", coalesce=True)
        .join(lemmas, on="bare", how="full", coalesce=True)
    )


def in_word(cut: pl.DataFrame) -> pl.DataFrame:
    """The stems with what stands around them, as far as grammar cares: the last proclitic (و for ف too), a pronoun."""
    last = pl.col("proclitics").str.tail(1)
    opening = pl.when(last == ar.FEH).then(pl.lit(ar.WAW)).otherwise(last)
    return cut.select("word_no", "core", "has_article", opening=opening, has_enclitic=pl.col("enclitics") != "")


def readings(cores: pl.DataFrame) -> pl.DataFrame:
    """One row per distinct core (`core`) and reading, with all that the evidence looks at in the form."""
    found = pl.concat([noun_readings(cores), verb_readings(cores)], how="diagonal_relaxed")
    needed = pl.concat([cores.select(bare="core"), found.select(bare="lemma")]).unique()
    known = _known_words().join(needed, on="bare", how="semi")
    of_core = known.select(core="bare", core_alone="alone", core_with_article="with_article", entry="entry")
    of_lemma = known.select(lemma="bare", lemma_alone="alone", lemma_with_article="with_article", is_lemma="is_lemma")
    return found.join(cores.join(of_core, on="core", how="left"), on="core").join(of_lemma, on="lemma", how="left")


def scored_readings(stems: pl.DataFrame) -> pl.DataFrame:
    """One row per word (word_no, core, has_article, opening, has_enclitic) and reading of its stem, with the score."""
    cores = stems.select("core").unique(maintain_order=True).with_row_index("core_no")
    forms = (
        readings(cores.select("core"))
        .lazy()
        .select("core", "rule", "lemma", "pos", *clitic_scores(), of_form=score(OF_THE_FORM))
    )
    words = (
        stems.lazy()
        .join(cores.lazy(), on="core")
        .select("word_no", "core_no", "has_article", "opening", "has_enclitic")
    )
    numbered = forms.join(cores.lazy(), on="core").drop("core")
    return words.join(numbered, on="core_no").select("word_no", "rule", "lemma", "pos", score=score_in_word()).collect()


def best_readings(stems: pl.DataFrame) -> pl.DataFrame:
    """One row per word: lemma, pos and the rule that gave the lemma."""
    return (
        scored_readings(stems)
        .sort("word_no", "score", "lemma", "pos", "rule", descending=[False, True, False, False, False])
        .unique("word_no", keep="first", maintain_order=True)
        .select("word_no", "lemma", "pos", "rule")
    )
