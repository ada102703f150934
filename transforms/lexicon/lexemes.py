"""One row for each distinct written form: clitics, stem, lemma, root, part of speech; the form alone decides.

The way of a word: a function word is looked up with its clitics (closed_words); any other is cut where its stem scores best
(clitics, splitting), read as noun or verb with a lemma (nouns, verbs, readings, evidence), and given its root (roots).
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.contracts import LEXEME
from transforms.lexicon.closed_words import careless_words, closed_words, stop_stems
from transforms.lexicon.readings import best_readings, scored_readings
from transforms.lexicon.roots import roots
from transforms.lexicon.splitting import best_cut, scored
from transforms.normalize import bare, fold
from transforms.words import kind

# Lemmas that a rule found without the dictionary; every other rule names a lemma that the dictionary or a reviewed table holds.
_OWN_RULES: Final = (
    "same",
    "feminine",
    "plural_ة",
    "plural_ات",
    "plural_ون",
    "plural_ين",
    "plural_وات",
    "dual_ة",
    "dual_ان",
    "tanwin",
    "construct",
    "broken",
)
# Three letters with a shadda on the second, no pronoun at the end: فعّل.
_SECOND_FORM: Final = rf"^[{ar.WAW}{ar.FEH}]?\p{{L}}{{2}}{ar.SHADDA}{ar.FATHA}?[^{ar.ALEF}{ar.ALEF_MAKSURA}{ar.YEH}{ar.HEH}{ar.TEH_MARBUTA}{ar.KAF}]$"
_BARE_LETTERS: Final = r"^[\u0621-\u063A\u0641-\u064A]+$"
_PACKAGES: Final = ("wordfreq", "simplemma", "pyarabic")
_ANALYSED_KINDS: Final = ("arabic", "number")
"""Numbers too, as their clitics are written to them: «و511», «بـ15,000»."""


def lexemes(forms: pl.DataFrame) -> pl.DataFrame:
    """LEXEME rows of distinct forms (one column `form`), in their order.

    Stem: with ال, as it is written without clitics («مدرستها» → مدرسة). Lemma: without ال and marks (of a verb the past
    third person, of a noun the singular); lemma_source: 'dictionary', or 'stem' where our own rules stripped the form.
    Root_source: 'verb' or 'pattern'; null where no rule knows the root. Latin words, links, signs have no analysis.
    """
    numbered = forms.with_columns(folded=fold(pl.col("form")), kind=kind(pl.col("form"))).with_row_index("word_no")
    words = _bare_words(numbered.filter(pl.col("kind").is_in(_ANALYSED_KINDS)).select("word_no", "form"))
    closed = _closed(words)
    cut = best_cut(words.join(closed, on="word_no", how="anti").select("word_no", "bare"))
    analysed = _with_root(pl.concat([closed, _read(cut)])).join(stop_stems(), on=["stem", "pos"], how="left")
    return (
        numbered.join(analysed, on="word_no", how="left", maintain_order="left")
        .with_columns(is_stopword=pl.col("is_stopword").fill_null(False))
        .select(pl.col(name).cast(dtype) for name, dtype in LEXEME.items())
    )


def _bare_words(arabic: pl.DataFrame) -> pl.DataFrame:
    """The words with their bare letters; most are written bare, and only the others pay for the rules."""
    is_bare = pl.col("form").str.contains(_BARE_LETTERS)
    return pl.concat(
        [
            arabic.filter(is_bare).with_columns(bare="form"),
            arabic.filter(~is_bare).with_columns(bare=bare(pl.col("form"))),
        ]
    )


def _closed(arabic: pl.DataFrame) -> pl.DataFrame:
    """The function words, by their own spelling, else by a careless one; «عبّر» with its shadda is a verb, not «عبر»."""
    eligible = arabic.filter(~pl.col("form").str.contains(_SECOND_FORM)).select("word_no", "bare")
    listed = pl.concat([closed_words(), careless_words()])
    return eligible.join(listed, on="bare").drop("bare").with_columns(lemma_source=pl.lit("dictionary"))


def _read(cut: pl.DataFrame) -> pl.DataFrame:
    """The cut words with lemma and part of speech."""
    best = best_readings(_in_word(cut))
    source = pl.when(pl.col("rule").is_in(_OWN_RULES)).then(pl.lit("stem")).otherwise(pl.lit("dictionary"))
    return cut.join(best, on="word_no").select(
        "word_no", "proclitics", "stem", "enclitics", "lemma", "pos", lemma_source=source
    )


def _in_word(cut: pl.DataFrame) -> pl.DataFrame:
    """The stems with what stands around them, as far as grammar cares: the last proclitic (و for ف too), a pronoun."""
    last = pl.col("proclitics").str.tail(1)
    opening = pl.when(last == ar.FEH).then(pl.lit(ar.WAW)).otherwise(last)
    return cut.select("word_no", "core", "has_article", opening=opening, has_enclitic=pl.col("enclitics") != "")


def _with_root(analysed: pl.DataFrame) -> pl.DataFrame:
    return analysed.join(roots(), on=["lemma", "pos"], how="left")


def explain(word: str) -> pl.DataFrame:
    """One row per possible cut and reading of a word, best first: clitics, stem, lemma, pos, rule, both scores, is_chosen."""
    form = pl.DataFrame({"form": [word]})
    chosen = lexemes(form).select("proclitics", "stem", "enclitics", "lemma", "pos", is_chosen=pl.lit(True))
    cuts = scored(form.select(word_no=pl.lit(0, pl.UInt32), bare=bare(pl.col("form")))).with_row_index("cut_no")
    read = scored_readings(_in_word(cuts.drop("word_no").rename({"cut_no": "word_no"}))).rename(
        {"word_no": "cut_no", "score": "reading_score"}
    )
    listed = (
        pl.concat([closed_words(), careless_words()])
        .join(form.select(bare=bare(pl.col("form"))), on="bare")
        .select("proclitics", "stem", "enclitics", "lemma", "pos", rule=pl.lit("function word"))
    )
    open_ = (
        cuts.rename({"score": "cut_score"})
        .join(read, on="cut_no")
        .select("proclitics", "stem", "enclitics", "lemma", "pos", "rule", "cut_score", "reading_score")
    )
    return (
        pl.concat([listed, open_], how="diagonal")
        .join(chosen, on=["proclitics", "stem", "enclitics", "lemma", "pos"], how="left")
        .with_columns(pl.col("is_chosen").fill_null(False))
        .sort("is_chosen", "cut_score", "reading_score", descending=True, nulls_last=True, maintain_order=True)
        .with_columns(is_chosen=pl.int_range(pl.len()) == 0)
    )


@cache
def lexicon_version() -> str:
    """A hash over the code of the lexicon, the knowledge tables and the versions of the packages whose data it reads."""
    here = Path(__file__)
    digest = hashlib.sha256()
    for file in sorted(
        [*here.parent.glob("*.py"), *here.parents[1].glob("knowledge/*.csv"), here.parents[1] / "normalize.py"]
    ):
        digest.update(file.name.encode() + file.read_bytes())
    digest.update(" ".join(f"{name} {version(name)}" for name in _PACKAGES).encode())
    return digest.hexdigest()[:16]
