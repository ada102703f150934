"""One row for each distinct written form: clitics, stem, lemma, root, part of speech; the form alone decides.

The way of a word: a function word is looked up with its clitics (closed_words); any other is cut where its stem scores
best (clitics, splitting), read as noun or verb with a lemma (nouns, verbs, readings, evidence), and given its root.
"""

from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.contracts import LEXEME
from transforms.lexicon.closed_words import function_words, stop_stems
from transforms.lexicon.readings import best_readings, in_word
from transforms.lexicon.roots import roots
from transforms.lexicon.splitting import best_cut
from transforms.normalize import bare, fold, fold_letters
from transforms.words import kind

_ANALYSED_KINDS: Final = ("arabic", "number")
"""Numbers too, as their clitics are written to them: «و511», «بـ15,000»."""

_BARE_LETTERS: Final = r"^[\u0621-\u063A\u0641-\u064A]+$"

_NO_SECOND_FORM_END: Final = ar.ALEF + ar.ALEF_MAKSURA + ar.YEH + ar.HEH + ar.TEH_MARBUTA + ar.KAF
_SECOND_FORM: Final = rf"^[{ar.WAW}{ar.FEH}]?\p{{L}}{{2}}{ar.SHADDA}{ar.FATHA}?[^{_NO_SECOND_FORM_END}]$"
"""Three letters with a shadda on the second, no pronoun at the end: فعّل."""

_OWN_RULES: Final = (
    *("same", "feminine", "plural_ة", "plural_ات", "plural_ون", "plural_ين", "plural_وات"),
    *("dual_ة", "dual_ان", "tanwin", "construct", "broken"),
)
"""Rules that find a lemma without the dictionary; any other names one that it or a reviewed table holds."""


def lexemes(forms: pl.DataFrame) -> pl.DataFrame:
    """LEXEME rows of distinct forms (one column `form`), in their order.

    Stem: with ال, as it is written without clitics («مدرستها» → مدرسة). Lemma: without ال and marks (of a verb the past
    third person, of a noun the singular); lemma_source: 'dictionary', or 'stem' where our own rules stripped the form.
    Root_source: 'verb' or 'pattern'; null where no rule knows the root. Latin words, links, signs have no analysis.
    """
    spelled = _spelled(forms.select("form").with_row_index("word_no"))
    words = spelled.filter(pl.col("kind").is_in(_ANALYSED_KINDS))
    function = _function(words)
    cut = best_cut(words.join(function, on="word_no", how="anti").select("word_no", "bare"))
    analysed = pl.concat([function, _read(cut)])
    return (
        spelled.join(analysed, on="word_no", how="left")
        .join(roots(), on=["lemma", "pos"], how="left")
        .join(stop_stems(), on=["stem", "pos"], how="left")
        .sort("word_no")
        .with_columns(pl.col("is_stopword").fill_null(False))
        .select(pl.col(name).cast(dtype) for name, dtype in LEXEME.items())
    )


def _spelled(forms: pl.DataFrame) -> pl.DataFrame:
    """The forms with kind, folded and bare spelling; most are written bare, and only the others pay for all rules."""
    form = pl.col("form")
    is_bare = form.str.contains(_BARE_LETTERS)
    plain = forms.filter(is_bare).with_columns(kind=pl.lit("arabic"), folded=fold_letters(form), bare=form)
    other = forms.filter(~is_bare).with_columns(kind=kind(form), folded=fold(form), bare=bare(form))
    return pl.concat([plain, other])


def _function(words: pl.DataFrame) -> pl.DataFrame:
    """The function words, by their own spelling or a careless one; «عبّر» with its shadda is a verb, not «عبر»."""
    eligible = words.filter(~pl.col("form").str.contains(_SECOND_FORM)).select("word_no", "bare")
    return eligible.join(function_words(), on="bare").drop("bare").with_columns(lemma_source=pl.lit("dictionary"))


def _read(cut: pl.DataFrame) -> pl.DataFrame:
    """The cut words with lemma and part of speech."""
    source = pl.when(pl.col("rule").is_in(_OWN_RULES)).then(pl.lit("stem")).otherwise(pl.lit("dictionary"))
    return cut.join(best_readings(in_word(cut)), on="word_no").select(
        "word_no", "proclitics", "stem", "enclitics", "lemma", "pos", lemma_source=source
    )
