"""A body -> its sentences, with offsets; the title is sentence 0.

The text is cut behind each mark that may end a sentence; a piece that ends in an abbreviation, an initial or the number
of a list goes on in the next one.
"""

from typing import Final

import polars as pl

from transforms.contracts import SENTENCE
from transforms.knowledge import table

END_MARKS: Final = ".!?؟…"
CLOSERS: Final = r"\"'»”’)\]"
MAX_SENTENCE_CHARS: Final = 2_000
"""A flood without end marks is cut at the last blank before this length."""

ABBREVIATIONS: Final = ["د", "م", "أ", "ا", "ص", "ج", "ت", "ق", "ب", "س", "ش", "أ.د", "د.م", "ه", "هـ"]
"""Written with a full stop: «د. أحمد» (doctor), «م. سالم» (engineer), «ص. ب. 12» (post box), «ق. م.»."""

_LETTER: Final = r"\u0620-\u063f\u0641-\u065f\u0670-\u06d3"
# End marks with what closes, or with a blank, or right before an Arabic letter: not those of 3.5, U.S.A, example.com.
_END: Final = rf"([{END_MARKS}]+(?:[{CLOSERS}]+ ?| ))|([{END_MARKS}]+)([{_LETTER}]|[^\S \n])"
_CUT: Final = "\x01"
"""Set where a text is cut; a clean text has no such character."""

_CHUNK: Final = rf"(?s).{{1,{MAX_SENTENCE_CHARS - 1}}} |.{{1,{MAX_SENTENCE_CHARS}}}"
_GOES_ON: Final = "|".join(
    [
        rf"(?:^|[\s(«\"])(?:{'|'.join(ABBREVIATIONS)})\. ?$",
        r"(?:^|[\s(.])[A-Z]\. ?$",  # an initial: «جورج W. بوش»
        r"^[0-9٠-٩]{1,2}\. ?$",  # the number of a list: «1. قم بتسجيل الدخول»
        rf"(?:\.\.|…)[{CLOSERS}]* ?$",  # an ellipsis is a pause; at the end of a paragraph the paragraph ends
        rf"[{CLOSERS}{END_MARKS}]$",  # no blank behind the mark: «هل سيعود؟»، سأل
    ]
)
_GLUED_BEFORE: Final = rf"(?:^|[^\p{{L}}\p{{M}}_@/-])([{_LETTER}]{{2,}})[{CLOSERS}]?[{END_MARKS}]$"
_GLUED_BEHIND: Final = rf"^([{_LETTER}]{{2,}})(?:[^\p{{L}}_.]|$)"

_SENTENCE: Final = ("article_id", "paragraph_no", "sentence_key")


def sentences(articles: pl.DataFrame) -> pl.DataFrame:
    """SENTENCE rows (word_count still 0) of ARTICLE rows (article_id, title, body), in the order of the articles."""
    pieces = _with_neighbours(_pieces(articles))
    is_break = pl.col("piece") == "\n"
    goes_on = pl.col("piece").str.contains(_GOES_ON) & ~_is_glued()
    is_end = is_break | ~(goes_on | (pl.col("paragraph_no") == 0))
    return (
        pieces.with_columns(sentence_key=is_end.shift(1, fill_value=True).cum_sum())
        .filter(~is_break)
        .group_by(*_SENTENCE, maintain_order=True)
        .agg(pl.col("char_start").first(), sentence=pl.col("piece").str.join(""))
        .pipe(_cut_floods)
        .with_columns(pl.col("sentence").str.strip_chars_end(" "))
        .with_columns(
            sentence_no=pl.int_range(pl.len()).over("article_id")
            + (pl.col("paragraph_no").first().over("article_id") > 0).cast(pl.Int64),
            char_end=pl.col("char_start") + pl.col("sentence").str.len_chars(),
            word_count=0,
        )
        .select(pl.col(name).cast(dtype) for name, dtype in SENTENCE.items())
    )


def _with_neighbours(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces with the words `before` and `behind` an end mark without a blank, null where there is none."""
    piece, follows = pl.col("piece"), pl.col("piece").shift(-1)
    is_close = pl.when(piece.str.contains(f"[{END_MARKS}]$") & (follows != "\n"))
    return pieces.with_columns(
        before=is_close.then(piece).str.extract(_GLUED_BEFORE), behind=is_close.then(follows).str.extract(_GLUED_BEHIND)
    )


def _is_glued() -> pl.Expr:
    """Whether a piece ends in a full stop without a blank, between two words: «عامين.وأصبح», no «سي.إن.إن».

    A chain of words with dots is a name, and so is a word beside the name of a letter or the ending of an address.
    """
    names = table("letter_names")
    letters, no_sentence = (names.filter(pl.col("kind") != kind)["name"].implode() for kind in ("ending", "word"))
    before, behind = pl.col("before"), pl.col("behind")
    are_words = before.is_not_null() & behind.is_not_null()
    return (are_words & ~before.is_in(letters) & ~behind.is_in(no_sentence)).fill_null(value=False)


def _pieces(articles: pl.DataFrame) -> pl.DataFrame:
    """article_id, paragraph_no, piece and its char_start, of title and body as one text of paragraphs."""
    text = pl.concat_str("title", pl.lit("\n"), "body")
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    is_break = pl.col("piece") == "\n"
    return (
        articles.select("article_id", text=text, title_size=pl.col("title").str.len_chars().cast(pl.Int64))
        .with_columns(offset=pl.col("text").str.len_chars().cum_sum().shift(1, fill_value=0).cast(pl.Int64))
        .with_columns(piece=_cut(pl.col("text")).str.split(_CUT))
        .drop("text")
        .explode("piece", empty_as_null=False)
        .filter(pl.col("piece") != "")
        .with_columns(start=size.cum_sum() - size - pl.col("offset"))
        .with_columns(paragraph_no=is_break.cast(pl.Int32).cum_sum().over("article_id"))
        .with_columns(
            char_start=pl.when(pl.col("paragraph_no") > 0)
            .then(pl.col("start") - pl.col("title_size") - 1)
            .otherwise("start")
        )
    )


def _cut(text: pl.Expr) -> pl.Expr:
    """The text with a _CUT around each line break and behind each mark that may end a sentence."""
    of_lines = text.str.replace_all("\n", f"{_CUT}\n{_CUT}", literal=True)
    return of_lines.str.replace_all(_END, f"${{1}}${{2}}{_CUT}${{3}}")


def _cut_floods(whole: pl.DataFrame) -> pl.DataFrame:
    """The sentences, those of a body that are longer than the bound in chunks."""
    is_flood = (pl.col("sentence").str.len_chars() > MAX_SENTENCE_CHARS) & (pl.col("paragraph_no") > 0)
    size = pl.col("sentence").str.len_chars().cast(pl.Int64)
    numbered = whole.with_row_index("row")
    floods = numbered.filter(is_flood)
    if floods.is_empty():  # compiling the pattern alone takes as long as a hundred articles
        return whole
    cut = (
        floods.with_columns(pl.col("sentence").str.extract_all(_CHUNK))
        .explode("sentence")
        .with_columns(char_start=pl.col("char_start") + (size.cum_sum() - size).over("row"))
    )
    return pl.concat([numbered.filter(~is_flood), cut]).sort("row", maintain_order=True).drop("row")
