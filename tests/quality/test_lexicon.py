"""Clitics, lemma and part of speech of each word of PADT and PUD against their annotation.

Every token with an Arabic letter counts, but for those tagged X, which are not annotated.
"""

from pathlib import Path

import polars as pl
import pytest

from transforms.lexicon.lexemes import lexemes
from transforms.normalize import bare, fold

POS = {"NOUN": "noun", "ADJ": "noun", "PROPN": "noun", "NUM": "noun", "PRON": "noun", "VERB": "verb", "AUX": "verb"}
"""UD's parts of speech as ours; the others are particles."""

PROCLITICS = "^((?:[وفبلكسأ]\\+)*)"
TATWEEL = r"(^|\+)ـ(\+|$)"


@pytest.fixture(scope="module", params=["padt_dev", "pud_dev"])
def judged(request, shared: Path) -> tuple[str, pl.DataFrame]:
    """(set, its tokens with the annotation and our analysis)."""
    rows = pl.read_csv(shared / "gold" / f"{request.param}_tokens.tsv", separator="\t", quote_char=None)
    token = pl.col("token")
    gold = rows.filter(token.str.contains(r"\p{Arabic}") & token.str.contains(r"\p{L}") & (pl.col("upos") != "X"))
    found = lexemes(gold.select(form="token").unique(maintain_order=True))
    return request.param, _annotated(gold).join(found, left_on="token", right_on="form", maintain_order="left")


def _annotated(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with what the annotation says: gold_proclitics, gold_enclitics, gold_lemma, gold_pos of the stem.

    A tatweel that the annotation cuts off as a piece shifts the pieces of lemma and tag: those two are not judged then.
    """
    segments = pl.col("segments")
    pieces = segments.str.replace_all("ـ", "").str.strip_chars("+").str.replace_all(r"\++", "+")
    stem_no = segments.str.extract(PROCLITICS, 1).str.count_matches("+", literal=True)
    behind = pieces.str.replace(PROCLITICS, "")
    is_whole = ~segments.str.contains(TATWEEL)
    lemma = pl.col("lemmas").str.replace_all("`", "").str.split("+").list.get(stem_no, null_on_oob=True)
    tag = pl.col("upos").str.split("+").list.get(stem_no, null_on_oob=True)
    return rows.with_columns(
        gold_proclitics=pieces.str.extract(PROCLITICS, 1).str.strip_chars("+"),
        gold_enclitics=behind.str.extract(r"^[^+]+\+(.*)$", 1).fill_null(""),
        gold_lemma=pl.when(is_whole & (tag != "X")).then(fold(lemma.fill_null(""))),
        gold_pos=pl.when(is_whole & (tag != "X")).then(tag.replace_strict(POS, default="particle")),
    )


def _share(rows: pl.DataFrame, is_right: pl.Expr) -> float:
    return 100 * float(rows.select(is_right.mean()).item())


FLOORS = {
    "clitic split": {"padt_dev": 99.2, "pud_dev": 98.2},
    "lemma, folded": {"padt_dev": 91.0, "pud_dev": 82.0},
    "noun, verb, particle": {"padt_dev": 94.5, "pud_dev": 93.5},
}


def test_clitic_split(judged, measured) -> None:
    on, rows = judged
    is_right = (pl.col("proclitics") == pl.col("gold_proclitics")) & (pl.col("enclitics") == pl.col("gold_enclitics"))
    measured("clitic split", on, _share(rows, is_right), FLOORS["clitic split"][on])


def test_lemma(judged, measured) -> None:
    on, rows = judged
    told = rows.filter(pl.col("gold_lemma").is_not_null())
    is_right = fold(pl.col("lemma")) == pl.col("gold_lemma")
    measured("lemma, folded", on, _share(told, is_right), FLOORS["lemma, folded"][on])


def test_part_of_speech(judged, measured) -> None:
    on, rows = judged
    told = rows.filter(pl.col("gold_pos").is_not_null())
    is_right = pl.col("pos").eq_missing(pl.col("gold_pos"))
    measured("noun, verb, particle", on, _share(told, is_right), FLOORS["noun, verb, particle"][on])


def test_the_boundaries_are_compared_where_the_annotation_spells_no_stem(judged) -> None:
    """PUD cuts letters apart and mends none (للسلطة = ل + لسلطة): only the letters of the clitics are compared."""
    _, rows = judged
    cut = rows.filter(pl.col("token").str.starts_with("لل") & (pl.col("gold_proclitics") == "ل"))

    assert not cut.is_empty()
    assert cut.filter(pl.col("stem") == bare(pl.col("token")).str.slice(1)).is_empty()
