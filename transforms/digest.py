"""One batch of raw articles -> every frame of the warehouse, as a recipe."""

from dataclasses import dataclass

import polars as pl

from transforms.articles import articles, current
from transforms.cleaning import clean
from transforms.contracts import judge
from transforms.dates import dates
from transforms.lexicon import lexemes
from transforms.sentences import sentences
from transforms.words import with_word_count, words


@dataclass(frozen=True)
class Digest:
    """The frames of one batch; the attribute's name is that of the staged table."""

    article: pl.DataFrame  # every delivered article that was kept, older texts too
    edit: pl.DataFrame  # this and the next two: of the last text of each article in the batch
    sentence: pl.DataFrame
    word: pl.DataFrame
    lexeme: pl.DataFrame
    date: pl.DataFrame
    rejection: pl.DataFrame


def digest(raw: pl.DataFrame) -> Digest:
    """The frames of a RAW frame. Pure: the same rows give the same frames, in whatever batch."""
    raw = raw.with_row_index("row")
    texts, edits = clean(raw)
    kept, rejected = judge(articles(raw, texts))
    now = current(kept)
    sentence = sentences(now)
    word = words(sentence)
    forms = word.select(pl.col("form").unique(maintain_order=True).cast(pl.String))
    lexeme = lexemes(forms)
    return Digest(
        article=kept.drop("row"),
        edit=now.select("row", "article_id").join(edits, on="row", maintain_order="left").drop("row"),
        sentence=with_word_count(sentence, word, lexeme),
        word=word,
        lexeme=lexeme,
        date=dates(kept["published_on"]),
        rejection=rejected,
    )
