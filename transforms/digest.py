"""One batch of raw articles -> every frame of the warehouse, as a recipe."""

from dataclasses import dataclass
from functools import partial

import polars as pl

from transforms.articles import articles, current
from transforms.cleaning import clean
from transforms.contracts import judge
from transforms.cores import joined, on_cores, slices
from transforms.dates import dates
from transforms.measures import measures
from transforms.sentences import sentences
from transforms.words import forms, with_word_count, words


@dataclass(frozen=True)
class Digest:
    """The frames of one batch; the attribute's name is that of the staged table."""

    article: pl.DataFrame  # every delivered article that was kept, older texts too
    edit: pl.DataFrame  # this and the next three: of the last text of each article in the batch
    sentence: pl.DataFrame
    word: pl.DataFrame
    measure: pl.DataFrame
    form: pl.DataFrame  # the distinct written forms of the words
    date: pl.DataFrame
    rejection: pl.DataFrame


def digest(raw: pl.DataFrame) -> Digest:
    """The frames of a RAW frame. Pure: the same rows give the same frames, in whatever batch and on any machine."""
    delivered, edits = joined(on_cores(_read, slices(raw.with_row_index("row"))))
    kept, rejected = judge(delivered)
    now = current(kept)
    edit = now.select("row", "article_id").join(edits, on="row", maintain_order="left").drop("row")
    segmented = on_cores(_segment, slices(now))
    word = pl.concat(words_of for *_, words_of in segmented)
    form = forms(word)
    sentence, measure = joined(on_cores(partial(_count, edit, form), segmented))
    return Digest(
        article=kept.drop("row"),
        edit=edit,
        sentence=sentence,
        word=word,
        measure=measure,
        form=form,
        date=dates(kept["published_on"]),
        rejection=rejected,
    )


def _read(raw: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """(articles, edits) of some rows."""
    texts, edits = clean(raw)
    return articles(raw, texts), edits


def _segment(article: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """(articles, sentences, words) of some articles."""
    sentence = sentences(article)
    return article, sentence, words(sentence)


def _count(edit: pl.DataFrame, form: pl.DataFrame, segmented: tuple[pl.DataFrame, ...]) -> tuple[pl.DataFrame, ...]:
    """(sentences with their word_count, measures) of some articles."""
    article, bare, word = segmented
    sentence = with_word_count(bare, word, form)
    return sentence, measures(article, edit, sentence, word, form)
