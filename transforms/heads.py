"""The head of a line in pieces, each with one letter that says what it is: the alphabet of the credit patterns.

A piece is a few words, a dash, a bracket or another sign; blanks between pieces are left out.
"""

from typing import Final

import polars as pl

from transforms.knowledge import table
from transforms.normalize import fold

LETTERS: Final[dict[str, str]] = {
    "P": "a city",
    "R": "a country or a region",
    "A": "a news agency",
    "O": "an outlet",
    "N": "a person's name",
    "K": "«خاص», «مراسلنا»: the outlet's own report",
    "C": "«كتب:», «بقلم:»: a name follows",
    "c": "«تقرير:», «حوار:»: a name may follow, or a headline",
    "U": "up to five words that may be a name",
    "V": "the same, the first with ال",
    "X": "other words",
    "Z": "the same, the first with ال or a negation",
    "0": "a digit",
    "-": "a dash with a blank behind it",
    "o": "a dash with a blank before it alone: it opens a parenthesis",
    "t": "a dash between two words without blanks",
    "b": "a bracket or a quotation mark",
    ":": "a colon",
    "/": "a slash",
    ",": "a comma",
    ".": "a full stop or an asterisk",
    "$": "the end of the line",
    "?": "any other sign",
}
"""What a piece of a head may be, by its letter."""

_LETTER: Final = r"[\p{L}\p{M}--\u0640]"
WORD: Final = rf"{_LETTER}+(?:\u0640+{_LETTER}+)*"  # the stroke that stretches a word is also typed as a dash
_UNIT: Final = rf"(?:{_LETTER}{{1,2}}\.|{WORD})"  # «أ.ف.ب», «د. سمير»
_CUE: Final = r"(?:كتبت?|بقلم|[إا]عداد|أعدها?|أعدته|حاوره|حاورته|حاورها|أجرى الحوار) ?[:/\-–—\u0640]"
_HEADING: Final = r"(?:تقرير|تحقيق|حوار|متابعة|تغطية|رسالة) ?[:/\-–—\u0640]"
_STAFF: Final = r"(?:خاص|مراسلنا|مراسلتنا|مراسلونا|متابعات?|موفدنا)\b"
_INITIALS: Final = rf"{_LETTER}(?:(?:\. ?| ){_LETTER}){{1,2}}\b\.?"  # «أ ف ب», «أ.ف.ب», «د. ب. أ.»
_DASH: Final = r" ?[-–—−\u0640]+(?: ?[-–—−\u0640]+)* ?"
_PIECE: Final = rf"(?s){_CUE}|{_HEADING}|{_STAFF}|{_INITIALS}|{_UNIT}(?: ?{_UNIT})*|{_DASH}|."
_END: Final = "\n"

_MAX_NAME_WORDS: Final = 5


def lettered(heads: pl.DataFrame) -> pl.DataFrame:
    """The rows (head, is_whole: whether the line ends with it …) by piece: `piece`, as written, and its `letter`."""
    pieces = (
        heads.with_columns(piece=pl.col("head").str.extract_all(_PIECE))
        .with_columns(piece=pl.when("is_whole").then(pl.concat_list("piece", pl.lit(_END))).otherwise("piece"))
        .drop("head", "is_whole")
        .explode("piece", empty_as_null=False)
        .filter(pl.col("piece") != " ")
    )
    distinct = pieces.select(pl.col("piece").unique(maintain_order=True)).pipe(_told)
    return pieces.join(distinct.select("piece", letter=_letter()), on="piece", how="left", maintain_order="left")


def _told(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces with what several rules ask: `folded`, the kind of an `agency`, whether it `may_be_name`."""
    folded = pl.col("folded")
    sentence_word = rf"(?:^| )(?:{_head_words('sentence')})(?: |$)"
    return pieces.with_columns(
        folded=fold(pl.col("piece")), agency=credited(pl.col("piece")).replace_strict(_kinds(), default=None)
    ).with_columns(
        may_be_name=(folded.str.count_matches(" ", literal=True) < _MAX_NAME_WORDS)
        & ~folded.str.contains(sentence_word)
    )


def _letter() -> pl.Expr:
    """The letter of a piece by the first rule that it fits."""
    return pl.coalesce(
        pl.when(holds).then(pl.lit(letter))
        for letter, holds in [*_sign_rules(), *_word_rules(), ("?", pl.lit(value=True))]
    )


def _sign_rules() -> list[tuple[str, pl.Expr]]:
    piece = pl.col("piece")
    signs = {"b": r"[()\[\]«»\"“”'‘’]", ":": ":", "/": "/", ",": "[،,+]", ".": "[.*]", "0": "[0-9٠-٩]"}
    return [
        ("$", piece == _END),
        *((letter, piece.str.contains(f"^{sign}$")) for letter, sign in signs.items()),
        ("-", piece.str.contains(rf"^{_DASH}$") & piece.str.ends_with(" ")),
        ("o", piece.str.contains(rf"^{_DASH}$") & piece.str.starts_with(" ")),
        ("t", piece.str.contains(rf"^{_DASH}$")),
        ("K", piece.str.contains(rf"^{_STAFF}$")),
        ("C", piece.str.contains(rf"^{_CUE}$")),
        ("c", piece.str.contains(rf"^{_HEADING}$")),
    ]


def _word_rules() -> list[tuple[str, pl.Expr]]:
    folded, agency, may_be_name = (pl.col(name) for name in ("folded", "agency", "may_be_name"))
    is_words = pl.col("piece").str.contains(rf"^{_UNIT}")
    is_statement = folded.str.contains("^(?:ال|لا |لن |لم |نحن )")
    return [
        ("A", agency == "agency"),
        ("O", agency == "outlet"),
        ("P", _is_place(folded, ["city"])),
        ("R", _is_place(folded, ["city", "country", "region"])),
        ("N", may_be_name & _is_person(folded)),
        *((letter, is_words & holds) for letter, holds in {
            "V": may_be_name & is_statement, "U": may_be_name, "Z": is_statement, "X": pl.lit(value=True),
        }.items()),
    ]  # fmt: skip


def credited(piece: pl.Expr) -> pl.Expr:
    """The key by which agencies.csv is asked: folded, without dots and blanks («أ.ف.ب» → «افب»)."""
    return fold(piece).str.replace_all(r"[. ]", "")


def _kinds() -> dict[str, str]:
    return dict(table("agencies").select(credited(pl.col("spelling")), "kind").iter_rows())


def _is_place(folded: pl.Expr, kinds: list[str]) -> pl.Expr:
    """A listed place, two of them («أريحا والأغوار»), a part of one («شمال سوريا»), a named settlement («مخيم جرش»)."""
    places = table("places").filter(pl.col("kind").is_in(kinds)).select(fold(pl.col("place"))).to_series().implode()
    two = folded.str.extract_groups(r"^(.+?) و(.+)$")
    is_two = two.struct[0].is_in(places) & two.struct[1].is_in(places)
    is_part = folded.str.extract(rf"^(?:{_head_words('direction')}) (.+)$").is_in(places)
    is_named = folded.str.contains(rf"^(?:{_head_words('settlement')})(?: \pL+){{1,2}}$")
    return folded.is_in(places) | is_two | ((is_part | is_named) if len(kinds) > 1 else pl.lit(value=False))


def _is_person(folded: pl.Expr) -> pl.Expr:
    """Two words or more that begin with a given name, perhaps behind a title: «د. سمير عطا الله», «عبد الله مصطفى».

    A later word that looks like an imperfect verb makes it a headline: «محسن سليمان يقدم تقنية سردية».
    """
    names = _one_of(table("given_names"), "name")
    titles = rf"(?:(?:[دام]\. ?|(?:{_head_words('title')}) )+)?"
    begins_so = folded.str.contains(rf"^{titles}(?:(?:عبد|ابو) \pL+|عبد\pL{{3,}}|{names})(?: \pL+)+$")
    later = folded.str.extract_all(r" [يت]\pL{3,}").list.eval(pl.element().str.contains(rf"^ (?:{names})$"))
    return begins_so & later.list.all()


def _head_words(kind: str) -> str:
    """A pattern for one word of head_words.csv of this kind."""
    return _one_of(table("head_words").filter(kind=kind), "word")


def _one_of(words: pl.DataFrame, column: str) -> str:
    """A pattern for one of the words, folded."""
    return "|".join(words.select(fold(pl.col(column)).unique(maintain_order=True)).to_series())
