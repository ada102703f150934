"""The words of a night: those that the warehouse knows, and the analysis of those that it does not know yet."""

import logging
from pathlib import Path
from typing import Final

import polars as pl

from flows.lexicon_cache import warm
from flows.warehouse import known
from flows.warehouse.place import Place
from transforms.cores import on_cores, slices
from transforms.lexicon.lexemes import lexemes
from transforms.lexicon.version import lexicon_version

log: Final = logging.getLogger("mustawda")


def known_forms(place: Place, staging: Path, cache: Path, is_fresh: bool) -> pl.DataFrame:
    """One row per form (`form`) of the warehouse that the run builds on; a fresh one has none.

    Where another version of the lexicon analysed them, they are analysed anew: staging/relexed.parquet holds those.
    """
    warm(cache / "lexicon")
    forms = known.forms(place)
    forms = forms.clear() if is_fresh else forms
    is_stale = known.lexicon_version(place) != lexicon_version()
    relexed = lexemes(forms if is_stale else forms.clear())
    if len(relexed):
        log.info("the lexicon changed: %d known words are analysed anew", len(relexed))
    relexed.write_parquet(staging / "relexed.parquet")
    return forms


def stage_lexemes(analysed: pl.DataFrame, staging: Path) -> None:
    """Writes staging/lexeme.parquet: the LEXEME rows of the staged forms that are not analysed yet, in order."""
    batches = sorted(staging.glob("batch=*"))
    if batches:
        forms = pl.concat(pl.read_parquet(batch / "form.parquet", glob=False).select("form") for batch in batches)
        new = forms.unique().join(analysed, on="form", how="anti").sort("form")
        pl.concat(on_cores(lexemes, slices(new))).write_parquet(staging / "lexeme.parquet", compression="lz4")
