"""Speed of the digest and of the lexicon: python -m tests.benchmarks.digest LANDING [SOURCES]

Digests one batch of 16,000 real articles, then analyses its distinct words, each the median of some rounds with the
lexicon's tables ready; beside it what PyArabic, simplemma and qalsadi (where it is installed) do on a sample of the
same text in the same run, on one core as they are.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Final

import polars as pl

from flows.landing.discover import discover
from flows.landing.read import read
from flows.landing.sources import read_sources
from transforms.cores import on_cores, slices
from transforms.digest import Digest, digest
from transforms.lexicon import tables
from transforms.lexicon.lexemes import lexemes
from transforms.words import kind

ARTICLES: Final = 16_000
ROUNDS: Final = 3
SAMPLE: Final = 200_000
"""Words of running text for the others."""
SLOW_SAMPLE: Final = 1_000
"""Distinct words for what analyses hundreds a second."""


def tell(what: str, count: int, unit: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    """Prints how many units a second the work does, by the median of the rounds, and the time of all cores it took."""
    timed = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        timed.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = median(wall for wall, _ in timed), median(cpu for _, cpu in timed)
    print(f"{what:44}{count / wall:>12,.0f} {unit}/s   ({count:,} in {wall:.2f} s, {cpu:.2f} s of the cores)")


def build_tables() -> None:
    """Builds the lexicon's tables and prints how long that takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    tables.built()
    took = f"{time.perf_counter() - wall:.2f} s, {time.process_time() - cpu:.2f} s of the cores"
    print(f"{'lexicon, tables built from the packages':44}{took}")


def batch(landing: str, sources: Path) -> pl.DataFrame:
    """The RAW frame of the first articles of a landing."""
    return read(discover([landing])[:ARTICLES], read_sources(sources)).raw.head(ARTICLES)


def forms_of(raw: pl.DataFrame) -> pl.DataFrame:
    """The distinct words of the batch, digested in as many parts as there are cores."""
    return pl.concat(part.form for part in on_cores(digest, slices(raw))).unique(maintain_order=True)


def analysed(forms: pl.DataFrame) -> list[pl.DataFrame]:
    """LEXEME rows of distinct words, on every core."""
    return on_cores(lexemes, slices(forms))


def beside(digested: Digest) -> None:
    """What others do on the same words."""
    running = digested.word["form"].head(SAMPLE).cast(pl.String).to_list()
    distinct = digested.form.filter(kind(pl.col("form")) == "arabic")["form"].head(SAMPLE).to_list()
    pyarabic(running)
    simplemma(distinct)
    qalsadi(distinct[:SLOW_SAMPLE])


def pyarabic(words: Sequence[str]) -> None:
    """Marks stripped and letters normalised, as fold() does."""
    from pyarabic import araby

    def normalised() -> list[str]:
        return [araby.normalize_hamza(araby.strip_tashkeel(word)) for word in words]

    tell("PyArabic, strip_tashkeel + normalize_hamza", len(words), "words", normalised, 1)


def simplemma(words: Sequence[str]) -> None:
    """Lemmas alone."""
    from simplemma import lemmatize

    lemmatize("كتاب", lang="ar")
    tell("simplemma, lemmatize", len(words), "distinct words", lambda: [lemmatize(word, "ar") for word in words], 1)


def qalsadi(words: Sequence[str]) -> None:
    """Clitics, stem, lemma, root and part of speech, as lexemes() does; optional, as no part of the house needs it."""
    if not find_spec("qalsadi"):
        print(f"{'qalsadi':44}not installed: pip install qalsadi")
        return
    from qalsadi.analex import Analex

    analex = Analex()
    tell("qalsadi, check_word", len(words), "distinct words", lambda: [analex.check_word(word) for word in words], 1)


def main() -> None:
    """Prints a line for each measure."""
    landing, *rest = sys.argv[1:]
    raw = batch(landing, Path(rest[0]) if rest else Path("tests/real/sources.toml"))
    print(f"{len(raw):,} articles, {pl.thread_pool_size()} cores, load of the machine {os.getloadavg()[0]:.1f}")
    build_tables()
    digested = digest(raw)
    words = digested.sentence["word_count"].sum()  # without punctuation
    tell("digest of the batch, every word new", words, "words", lambda: analysed(forms_of(raw)))
    tell("digest of the batch, every word known", words, "words", lambda: forms_of(raw))
    tell("lexicon, lexemes()", len(digested.form), "distinct words", lambda: analysed(digested.form))
    beside(digested)


if __name__ == "__main__":
    main()
