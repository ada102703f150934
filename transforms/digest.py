"""One batch of raw articles -> every frame of the warehouse, as a recipe."""

from dataclasses import dataclass

import polars as pl

from transforms.articles import articles, current
from transforms.cleaning import clean
from transforms.contracts import judge
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
    numbered = raw.with_row_index("row")
    texts, edits = clean(numbered)
    kept, rejected = judge(articles(numbered, texts))
    now = current(kept)
    edit = now.select("row", "article_id").join(edits, on="row", maintain_order="left").drop("row")
    bare = sentences(now)
    word = words(bare)
    form = forms(word)
    sentence = with_word_count(bare, word, form)
    return Digest(
        article=kept.drop("row"),
        edit=edit,
        sentence=sentence,
        word=word,
        measure=measures(now, edit, sentence, word, form),
        form=form,
        date=dates(kept["published_on"]),
        rejection=rejected,
    )
