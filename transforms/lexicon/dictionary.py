"""simplemma's dictionary as tables, read from the package once per process; no table made from it is kept."""

from functools import cache

import polars as pl
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from transforms.normalize import bare, unify_spelling


@cache
def dictionary() -> pl.DataFrame:
    """One row per inflected form: form and lemma, without diacritics."""
    entries = DefaultDictionaryFactory().get_dictionary("ar")
    raw = pl.DataFrame({"form": list(entries.keys()), "lemma": list(entries.values())})
    return raw.select(bare(pl.all())).unique("form", keep="first", maintain_order=True)


@cache
def folded_dictionary() -> pl.DataFrame:
    """One row per folded form: the lemma of the first spelling."""
    return (
        dictionary()
        .select(folded=unify_spelling(pl.col("form")), lemma="lemma")
        .unique("folded", keep="first", maintain_order=True)
    )
