"""Sentences and word tokens of PUD against its annotation."""

from itertools import groupby
from pathlib import Path

import polars as pl
import pytest

from transforms.sentences import sentences
from transforms.words import words

Span = tuple[int, int]


@pytest.fixture(scope="module")
def pud(shared: Path) -> dict[str, str]:
    """The sentences of PUD by their id."""
    lines = (shared / "gold" / "pud_dev_sentences.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


def test_sentence_ends(pud: dict[str, str], measured) -> None:
    documents = [[text for _, text in group] for _, group in groupby(pud.items(), lambda item: item[0][:6])]
    found = _segmented([" ".join(texts) for texts in documents])
    gold = {(no, end) for no, texts in enumerate(documents) for end in _ends(texts)}
    measured("sentence F1", "pud_dev", _f1(gold, set(found.select("article_id", "char_end").rows())), 98.9)


def test_word_tokens(shared: Path, pud: dict[str, str], measured) -> None:
    tokens = pl.read_csv(shared / "gold" / "pud_dev_tokens.tsv", separator="\t", quote_char=None, infer_schema=False)
    numbers = {id: no for no, id in enumerate(pud)}
    gold = {
        (numbers[id], *span)
        for (id,), rows in tokens.group_by("sentence")
        for span in _spans(pud[str(id)], rows["token"].to_list())
    }
    found = words(_segmented(list(pud.values()))).select("article_id", "char_start", "char_end").rows()
    measured("word tokens F1", "pud_dev", _f1(gold, set(found)), 99.5)


def _segmented(bodies: list[str]) -> pl.DataFrame:
    articles = pl.DataFrame({"title": "", "body": bodies}).with_row_index("article_id")
    return sentences(articles.with_columns(pl.col("article_id").cast(pl.Int64)))


def _ends(texts: list[str]) -> list[int]:
    """Where each text ends when they are joined by a blank."""
    return [len(" ".join(texts[: count + 1])) for count in range(len(texts))]


def _spans(text: str, tokens: list[str]) -> list[Span]:
    spans, at = [], 0
    for token in tokens:
        start = text.index(token, at)
        at = start + len(token)
        spans.append((start, at))
    return spans


def _f1(gold: set[tuple[int, ...]], found: set[tuple[int, ...]]) -> float:
    return 200 * len(gold & found) / (len(gold) + len(found))
