"""simplemma's dictionary as tables, read from the package; no table made from it is part of this repository."""

import polars as pl

from transforms.lexicon.tables import kept
from transforms.normalize import bare, unify_spelling


@kept
def dictionary() -> pl.DataFrame:
    """One row per inflected form: form and lemma, without diacritics."""
    # Imported where the table is built: with the table kept, no command pays for it.
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms, lemmas = zip(*DefaultDictionaryFactory().get_dictionary("ar").items(), strict=True)
    raw = pl.DataFrame({"form": forms, "lemma": lemmas})
    return raw.select(bare(pl.all())).unique("form", keep="first", maintain_order=True)


@kept
def folded_dictionary() -> pl.DataFrame:
    """One row per folded form: the lemma of the first spelling."""
    return (
        dictionary()
        .select(folded=unify_spelling(pl.col("form")), lemma="lemma")
        .unique("folded", keep="first", maintain_order=True)
    )
