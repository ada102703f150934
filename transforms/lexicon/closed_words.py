"""Function words with all their clitics, and common words that only look as if they had some.

Both are spelled out from the reviewed tables.
"""

from functools import cache
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.knowledge import table
from transforms.lexicon.clitics import enclitics
from transforms.normalize import unify_alef

CONJUNCTIONS: Final = (ar.WAW, ar.FEH)
NEEDS_PREFIX: Final = "!"
CLITIC_LETTERS: Final = ar.WAW + ar.FEH + ar.BEH + ar.LAM + ar.KAF + ar.SEEN
LIKE_A_CLITIC: Final = f"^[{CLITIC_LETTERS}]|(ه|ها|هم|نا|ني|ك|كم|ي|ت)$"
"""Begins like a proclitic, or ends like a pronoun, or in ت, where a pronoun would make it a feminine noun."""


@cache
def _openings() -> pl.DataFrame:
    """One row per value of `before`: the chains that it allows."""
    marks = table("function_words")["before"].fill_null("").unique(maintain_order=True).to_list()
    return pl.DataFrame({"before": marks, "chain": [_chains(mark) for mark in marks]}).explode("chain")


def _chains(mark: str) -> list[str]:
    """The chains of proclitics, joined by +, that the marks of the table stand for."""
    inner = [letter for letter in mark if letter not in (ar.WAW, NEEDS_PREFIX)]
    inner = inner if NEEDS_PREFIX in mark else ["", *inner]
    outer = ["", *CONJUNCTIONS] if ar.WAW in mark else [""]
    return ["+".join(part for part in (first, second) if part) for first in outer for second in inner]


@cache
def _endings() -> pl.DataFrame:
    """One row per value of `pronouns`: the enclitics that it allows."""
    bound = [pronoun for pronoun in enclitics()["enclitic"] if pronoun]
    nominal = [pronoun for pronoun in bound if pronoun != ar.NOON + ar.YEH]
    other = [pronoun for pronoun in nominal if pronoun != ar.YEH]
    sets = {"none": [""], "all": ["", *nominal], "other": ["", *other], "verbal": ["", *bound]}
    return pl.DataFrame({"pronouns": list(sets), "enclitics": list(sets.values())}).explode("enclitics")


@cache
def closed_words() -> pl.DataFrame:
    """One row per written form: bare, proclitics, stem, enclitics, lemma, pos; the first row that spells it wins."""
    spelled = (
        table("function_words")
        .with_columns(pl.col("before").fill_null(""), joined=pl.coalesce("joined", "stem"))
        .join(_openings(), on="before", how="left", maintain_order="left_right")
        .join(_endings(), on="pronouns", how="left", maintain_order="left_right")
        .with_columns(base=pl.when(pl.col("enclitics") == "").then("stem").otherwise("joined"))
    )
    front = pl.col("chain").str.replace_all("+", "", literal=True)
    # ل swallows the alef of the article: ل + الذي = للذي.
    swallowed = (
        pl.when(front.str.ends_with(ar.LAM) & pl.col("base").str.starts_with(ar.ALEF + ar.LAM))
        .then(pl.col("base").str.slice(1).str.replace(f"^{ar.LAM}{ar.LAM}", ar.LAM))
        .otherwise("base")
    )
    return (
        spelled.with_columns(bare=front + swallowed + pl.col("enclitics"))
        .unique("bare", keep="first", maintain_order=True)
        .select("bare", pl.col("chain").alias("proclitics"), "stem", "enclitics", "lemma", "pos")
    )


@cache
def careless_words() -> pl.DataFrame:
    """One row per careless spelling of a function word: hamza left out (الى), ى for ي (الذى); no word of its own."""
    plain = (
        closed_words()
        .filter(~pl.col("proclitics").str.contains(ar.ALEF_HAMZA_ABOVE))
        .with_columns(bare=unify_alef(pl.col("bare")))
    )
    dotless = plain.filter(pl.col("bare").str.ends_with(ar.YEH)).with_columns(
        bare=pl.col("bare").str.head(-1) + ar.ALEF_MAKSURA
    )
    spelled = pl.concat([plain, dotless]).unique("bare", keep="first", maintain_order=True)
    words = pl.concat([closed_words().select("bare"), whole_words().select(bare="stem")])
    return spelled.join(words, on="bare", how="anti", maintain_order="left")


@cache
def function_words() -> pl.DataFrame:
    """One row per function word as it is written, by the rules or carelessly."""
    return pl.concat([closed_words(), careless_words()])


@cache
def whole_words() -> pl.DataFrame:
    """One row per reviewed word that no rule may take apart: stem."""
    return table("whole_words").select("stem").unique(maintain_order=True)


@cache
def stems_without_pronoun() -> pl.DataFrame:
    """One row per function word that never has a pronoun (هو, لم, أما): stem."""
    rows = table("function_words")
    free = rows.filter(pl.col("pronouns") != "none").select("stem")
    return (
        rows.filter(pl.col("before").fill_null("") != NEEDS_PREFIX)
        .select("stem")
        .unique(maintain_order=True)
        .join(free, on="stem", how="anti")
        .join(whole_words(), on="stem", how="anti")
    )


@cache
def misleading_stems() -> pl.DataFrame:
    """One row per reviewed stem that begins or ends like a clitic: the words that the tables are there for."""
    return whole_words().filter(pl.col("stem").str.contains(LIKE_A_CLITIC))


@cache
def stop_stems() -> pl.DataFrame:
    """One row per stem that says nothing about what a text is about: stem, pos, is_stopword."""
    return (
        table("function_words")
        .filter(pl.col("stop") == 1)
        .select("stem", "pos", is_stopword=pl.lit(True))
        .unique(["stem", "pos"], maintain_order=True)
    )
