"""The root of a lemma, by pattern (wazn), where it can be known.

Verbs of the first form show their roots; derived verbs and nouns must agree with them. Two rival roots, or none that
a verb attests: null.
"""

import re
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.knowledge import table
from transforms.lexicon.dictionary import dictionary
from transforms.lexicon.frequencies import spelled_frequencies
from transforms.lexicon.tables import kept, once
from transforms.lexicon.verbs import verb_bodies, verb_lemmas

WEAK: Final = "?"
HIDDEN_RADICALS: Final = (ar.WAW, ar.YEH)
HAMZA_FORMS: Final = {
    ar.ALEF_MADDA: ar.HAMZA + ar.ALEF,
    ar.ALEF_HAMZA_ABOVE: ar.HAMZA,
    ar.ALEF_HAMZA_BELOW: ar.HAMZA,
    ar.WAW_HAMZA: ar.HAMZA,
    ar.YEH_HAMZA: ar.HAMZA,
}
COMMON: Final = 1e-7

CLEAR: Final = 1.5
"""Of two attested roots one is taken only if its verbs are this much (natural log) more frequent."""

UNSHOWN: Final = 10.0
"""A noun that would show the radical is so many times weaker as evidence than an imperfect."""

SECOND_FORM: Final = 3.0
"""A verb like كوّن, which shows its middle radical only in the second form, yields to a hollow verb."""


def _fitting(lemmas: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The lemmas (lemma, written with plain hamza) that a pattern of the kind fits, with its root and prior."""
    rows = table("root_patterns").filter(pl.col("kind") == kind).select("pattern", "root", "prior").rows()
    plain = pl.col("plain")
    return pl.concat(
        [
            lemmas.filter(plain.str.contains(pattern)).with_columns(
                root=plain.str.replace(pattern, re.sub(r"\$(\d)", r"${\1}", root)), prior=pl.lit(prior)
            )
            for pattern, root, prior in rows
        ]
    )


def _revealed(found: pl.DataFrame) -> pl.DataFrame:
    """A row for each letter that a hidden radical may be."""
    hidden = found.filter(pl.col("root").str.contains(WEAK, literal=True))
    options = [
        hidden.with_columns(root=pl.col("root").str.replace(WEAK, radical, literal=True), is_hidden=pl.lit(True))
        for radical in HIDDEN_RADICALS
    ]
    plain = found.filter(~pl.col("root").str.contains(WEAK, literal=True)).with_columns(is_hidden=pl.lit(False))
    return pl.concat([plain, *options])


def _plain(lemmas: pl.DataFrame) -> pl.DataFrame:
    return lemmas.with_columns(plain=pl.col("lemma").str.replace_many(HAMZA_FORMS))


@once
def verb_roots() -> pl.DataFrame:
    """One row per first-form verb and root that it can have: lemma, root, weight, is_first (not كوّن and the like).

    A hidden radical is shown by the imperfect (يقول, يسير), else by the noun of the root (نوم).
    """
    verbs = _plain(verb_lemmas())
    found = _revealed(_fitting(verbs, "form1"))
    bodies = verb_bodies().filter(pl.col("shape") == "imperfect").select("lemma", root="body", is_shown=pl.lit(True))
    words = spelled_frequencies()
    imperfect = words.filter(pl.col("bare").str.starts_with(ar.YEH)).select(
        root=pl.col("bare").str.slice(1), imperfect="alone"
    )
    shown = (
        found.join(bodies, on=["lemma", "root"], how="left")
        .join(imperfect, on="root", how="left")
        .join(words.select(root="bare", noun="with_article"), on="root", how="left")
    )
    seen = pl.when("is_shown").then("imperfect").otherwise(pl.col("noun") / UNSHOWN)
    is_hidden = pl.col("is_hidden")
    hidden = shown.filter(is_hidden & (seen > 0)).with_columns(weight=seen.log())
    middle_weak = _fitting(verbs, "form2").with_columns(pl.col("weight") - SECOND_FORM, is_first=pl.lit(False))
    columns = ["lemma", "root", "weight", "is_first"]
    shown, hidden = shown.with_columns(is_first=pl.lit(True)), hidden.with_columns(is_first=pl.lit(True))
    return pl.concat(
        [shown.filter(~is_hidden).select(columns), hidden.select(columns), middle_weak.select(columns)]
    ).unique(["lemma", "root"], keep="first", maintain_order=True)


@once
def attested_roots() -> pl.DataFrame:
    """One row per root that a verb of the first form attests, or two derived verbs do: root, weight."""
    first = verb_roots().select("root", "weight", "is_first")
    derived = _fitting(_plain(verb_lemmas()), "verb").filter(~pl.col("root").str.contains(WEAK, literal=True))
    recurring = derived.group_by("root", maintain_order=True).agg(
        pl.col("lemma").n_unique().alias("lemmas"), pl.col("weight").max()
    )
    quadriliteral = pl.col("root").str.len_chars() == 4
    return (
        pl.concat(
            [
                first,
                recurring.filter((pl.col("lemmas") >= 2) | quadriliteral).select(
                    "root", "weight", is_first=pl.lit(False)
                ),
            ]
        )
        .group_by("root", maintain_order=True)
        .agg(pl.col("weight").max(), pl.col("is_first").any())
    )


@kept
def roots() -> pl.DataFrame:
    """One row per lemma and pos whose root is known: lemma, pos, root, root_source ('verb', 'pattern')."""
    derived = _attested(_revealed(_fitting(_plain(verb_lemmas()), "verb")))
    regular = derived.select("lemma", "root", "prior", "root_weight")
    first = verb_roots().select("lemma", "root", prior=pl.lit(4), root_weight="weight")
    verbs = _decided(
        pl.concat([first, regular.with_columns(pl.col("prior").cast(first.schema["prior"]))])
    ).with_columns(pos=pl.lit("verb"), root_source=pl.lit("verb"))
    known = spelled_frequencies().filter(pl.col("with_article") > COMMON).select(lemma="bare")
    names = table("whole_words").filter(pl.col("kind") == "name").select("lemma")
    nouns = (
        pl.concat([dictionary().select("lemma"), known]).unique(maintain_order=True).join(names, on="lemma", how="anti")
    )
    fitting = _attested(_revealed(_fitting(_plain(nouns), "noun"))).select("lemma", "root", "prior", "root_weight")
    named = _decided(fitting).with_columns(pos=pl.lit("noun"), root_source=pl.lit("pattern"))
    return pl.concat([verbs, named])


def _attested(found: pl.DataFrame) -> pl.DataFrame:
    """The same with root_weight, null where no verb attests the root; a hidden radical only a first form can tell."""
    known = found.join(attested_roots().rename({"weight": "root_weight"}), on="root", how="left")
    return known.with_columns(root_weight=pl.when(~pl.col("is_hidden") | pl.col("is_first")).then("root_weight"))


def _decided(found: pl.DataFrame) -> pl.DataFrame:
    """One row per lemma whose best patterns agree on one root, or on one that is far more common."""
    best = found.filter(pl.col("prior") == pl.col("prior").max().over("lemma"))
    distinct = (
        best.filter(pl.col("root_weight").is_not_null())
        .group_by("lemma", "root", maintain_order=True)
        .agg(pl.col("root_weight").max())
    )
    ranked = distinct.sort("root_weight", "root", descending=[True, False]).with_columns(
        rival=pl.col("root_weight").shift(-1).over("lemma")
    )
    return (
        ranked.unique("lemma", keep="first", maintain_order=True)
        .filter(pl.col("rival").is_null() | (pl.col("root_weight") - pl.col("rival") > CLEAR))
        .select("lemma", "root")
    )
