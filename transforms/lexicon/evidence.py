"""What speaks for a reading of a stem (noun or verb, with its lemma): named facts with weights, summed up.

Facts come from the dictionary, the frequency list, the shape of the word and its clitics. Weights are in natural-log
units, tuned on the development sets and rounded; a fact that says nothing has been left out.
"""

from typing import Final

import polars as pl
import pyarabic.araby as ar

NOUN: Final = pl.col("pos") == "noun"
VERB: Final = pl.col("pos") == "verb"
CORE: Final = pl.col("core")
UNSEEN: Final = 2e-9
SCORE_DIGITS: Final = 6
"""Sums of the same weights in another order must tie."""


def _rule(*names: str) -> pl.Expr:
    return pl.col("rule").is_in(names)


def _log(column: str) -> pl.Expr:
    return (UNSEEN + pl.col(column).fill_null(0.0)).log()


SAME: Final = _rule("same")
FEMININE: Final = _rule("feminine")
IMPERFECT: Final = _rule("imperfect", "imperfect_suffix")
NOUNNESS: Final = _log("core_with_article") - _log("core_alone")
GAIN: Final = _log("lemma_with_article") - _log("core_with_article")

MASDAR: Final = "^(ت..ي.|إ...?ا[^ت]|ا.{2,3}ا[^ت]|است.{1,2}ا[^ت]|ت.ا..|م.ا..ة)$"

Facts = dict[str, tuple[pl.Expr, float]]
"""Name -> (fact, weight); a fact is a truth value or a number."""

OF_THE_FORM: Final[Facts] = {
    "verb's own weight": (pl.when(VERB).then("weight"), 0.7),
    "verb's ending": (pl.when(VERB).then("prior"), 2.7),
    "core is used as a noun": (pl.when(VERB).then(NOUNNESS), -0.6),
    "core is frequent, verb": (pl.when(VERB).then(_log("core_alone")), -0.8),
    "dictionary says noun, verb reading": (VERB & (pl.col("entry") == "noun"), 0.8),
    "dictionary is silent, verb reading": (VERB & (pl.col("entry") == "same"), 1.5),
    "masdar تفعيل": (VERB & CORE.str.contains("^ت..ي.$"), -1.8),
    "imperfect with ending": (_rule("imperfect_suffix"), -1.3),
    "past": (_rule("past"), -0.8),
    "past with ending": (_rule("past_suffix"), 0.7),
    "imperfect in ي": (IMPERFECT & CORE.str.starts_with("ي"), 1.7),
    "imperfect in أ": (IMPERFECT & CORE.str.starts_with("أ"), -2.9),
    "imperfect in ن": (IMPERFECT & CORE.str.starts_with("ن"), -2.2),
    "verb in وا": (VERB & CORE.str.ends_with("وا"), 1.3),
    "past in ت": (_rule("past_suffix") & CORE.str.ends_with("ت"), -0.9),
    "past of a derived verb in أ": (_rule("past") & CORE.str.contains("^أ..."), 0.5),
    "past in نا": (_rule("past_suffix") & CORE.str.ends_with("نا"), 3.2),
    "dual verb in ا": (VERB & CORE.str.contains("[^ون]ا$") & _rule("past_suffix", "imperfect_suffix"), -1.0),
    "listed verb": (_rule("listed_verb"), 4.5),
    "listed noun": (_rule("listed"), 2.6),
    "listed name": (_rule("listed_name"), 8.0),
    "dictionary lemma": (_rule("dictionary"), -0.7),
    "careless spelling": (_rule("folded"), -0.4),
    "masdar with another dictionary lemma": (_rule("dictionary") & CORE.str.contains(MASDAR), -7.4),
    "lemma of two letters": (~SAME & (pl.col("lemma").str.len_chars() <= 2), -2.0),
    "defective": (_rule("defective"), -3.7),
    "broken plural": (_rule("broken"), -1.1),
    "broken plural, its pattern": (pl.when(_rule("broken")).then("prior"), 1.8),
    "feminine": (FEMININE, 0.2),
    "ات": (_rule("plural_ات"), -0.8),
    "ات on a masdar": (_rule("plural_ات") & CORE.str.contains("^(ت|إ|ا)"), 2.5),
    "ون": (_rule("plural_ون"), -3.6),
    "ين": (_rule("plural_ين"), -0.7),
    "وات": (_rule("plural_وات"), -5.1),
    "dual": (_rule("dual_ة", "dual_ان"), -1.7),
    "tanwin": (_rule("tanwin"), 1.3),
    "tanwin on a known lemma": (_rule("tanwin") & pl.col("is_lemma"), 1.9),
    "construct": (_rule("construct"), -1.4),
    "lemma more frequent than form": (pl.when(NOUN & ~SAME).then(GAIN), 0.3),
    "lemma unseen": (
        NOUN & ~SAME & (pl.col("lemma_alone").fill_null(0.0) + pl.col("lemma_with_article").fill_null(0.0) == 0.0),
        -2.6,
    ),
    "lemma in the dictionary": (NOUN & ~SAME & pl.col("is_lemma"), 1.3),
    "defective more frequent": (pl.when(_rule("defective")).then(GAIN), 0.2),
    "feminine of a nisba": (FEMININE & CORE.str.ends_with("ية"), 2.1),
    "feminine participle": (FEMININE & CORE.str.contains("^م"), 1.2),
    "feminine participle of a derived verb": (FEMININE & CORE.str.contains("^م(ت|ن|ست)"), 0.6),
    "masdar مفاعلة": (FEMININE & CORE.str.contains("^م.ا..ة$"), -1.4),
    "feminine فاعلة": (FEMININE & CORE.str.contains("^.ا..ة$"), 1.4),
    "feminine of three letters": (FEMININE & (CORE.str.len_chars() <= 4), -1.5),
    "masdar in ة": (FEMININE & CORE.str.contains("^(ت..|إ...?|ا.*ا.)ة$"), -1.3),
    "form in the dictionary": (SAME & pl.col("entry").is_not_null(), 2.1),
    "dictionary has another lemma": (SAME & (pl.col("entry") == "noun"), -2.2),
    "form in ات": (SAME & CORE.str.ends_with("ات"), -1.4),
    "form in ون ين": (SAME & CORE.str.contains("(ون|ين)$"), -2.2),
    "form in ي": (SAME & CORE.str.ends_with("ي"), 1.1),
    "form in ة": (SAME & CORE.str.ends_with("ة"), 0.2),
    "form أفعال": (SAME & CORE.str.contains("^أ..ا.$"), -2.5),
    "form in ا": (SAME & CORE.str.ends_with("ا"), 0.7),
}

ARTICLE: Final = "article"
PRONOUN: Final = "pronoun"

OF_THE_CLITICS: Final[dict[str, Facts]] = {
    ARTICLE: {
        "verb after the article": (VERB, -6.2),
        "tanwin or construct after the article": (_rule("construct", "tanwin"), -2.7),
    },
    PRONOUN: {
        "construct with a pronoun": (_rule("construct"), 4.1),
        "full plural with a pronoun": (_rule("plural_ون", "plural_ين", "tanwin", "dual_ان", "dual_ة"), -5.1),
        "feminine of a nisba with a pronoun": (FEMININE & CORE.str.ends_with("ية"), -7.8),
        "feminine with a pronoun": (FEMININE, -0.4),
    },
    ar.BEH: {"verb after ب or ك": (VERB, -6.0), "feminine after ب ل ك": (FEMININE, -2.8)},
    ar.KAF: {"verb after ب or ك": (VERB, -6.0), "feminine after ب ل ك": (FEMININE, -2.8)},
    ar.LAM: {"verb after ل": (VERB, -1.7), "feminine after ب ل ك": (FEMININE, -2.8)},
    ar.SEEN: {"verb after س": (VERB, 5.0)},
    ar.WAW: {"verb after و or ف": (VERB, 1.1)},
}
"""Facts by what stands around the stem: a letter of `opening`, the article, a pronoun."""


def score(facts: Facts) -> pl.Expr:
    """The weighted sum of the facts."""
    return pl.sum_horizontal(weight * fact.cast(pl.Float64).fill_null(0.0) for fact, weight in facts.values())


def clitic_scores() -> list[pl.Expr]:
    """A column for each thing that may stand around the stem: what it adds to the reading."""
    return [score(facts).alias(around) for around, facts in OF_THE_CLITICS.items()]


def score_in_word() -> pl.Expr:
    """The score of a reading (of_form, clitic_scores) within its word (has_article, has_enclitic, opening)."""
    stands = {ARTICLE: pl.col("has_article"), PRONOUN: pl.col("has_enclitic")}
    added = [
        pl.when(stands.get(around, pl.col("opening") == around)).then(around).otherwise(0.0)
        for around in OF_THE_CLITICS
    ]
    return pl.sum_horizontal("of_form", *added).round(SCORE_DIGITS)
