"""Words through the lexicon."""

from collections.abc import Callable

import polars as pl
import pytest

from transforms.lexicon.lexemes import lexemes

Analysed = Callable[..., pl.DataFrame]


@pytest.fixture(scope="session")
def analysed() -> Analysed:
    """analysed(word, …) -> their LEXEME rows."""
    return lambda *words: lexemes(pl.DataFrame({"form": words}, schema={"form": pl.String}))
