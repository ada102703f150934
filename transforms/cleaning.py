"""Raw title and raw body -> clean text + a ledger of every change.

One covering pattern cuts a raw text into pieces: stretches to keep and stretches that may change. Since the
pieces cover the text, their cumulative lengths are offsets, and undoing the ledger gives the raw text back.
"""

import html
import re
import unicodedata
from typing import Final

import polars as pl

from transforms.boilerplate import without_boilerplate
from transforms.contracts import EDIT, TEXT
from transforms.glued import GLUED, glued_rules, is_glued
from transforms.mojibake import repaired

LINE_BREAKS: Final = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
INVISIBLE: Final = (
    r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"  # soft hyphen, joiners, marks
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffc"  # bidi controls, BOM
)
"""Characters that show nothing: a word with one of them inside is not found by search."""

PRESENTATION_FORMS: Final = r"\ufb50-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfc\ufe70-\ufefc"
"""Letters in the shape that they take in print; the same letters have code points of their own."""

BLOCK_TAGS: Final = "p|br|div|li|ul|ol|d[dlt]|h[1-6]|t[dhr]|table|section|article|blockquote|hr|figure|figcaption"

_BLANK: Final = rf"[\s{LINE_BREAKS}{INVISIBLE}]"


def _blank_entity() -> str:
    """A pattern for the entities that stand for white space or for nothing visible: nbsp, #8207, #x200f …"""
    is_blank = re.compile(f"{_BLANK}*").fullmatch
    names = {name.rstrip(";") for name, text in html.entities.html5.items() if is_blank(text)}
    codes = [code for code in range(0x10000) if is_blank(html.unescape(f"&#{code};"))]
    decimal, hexadecimal = ("|".join(format(code, base) for code in codes) for base in "dx")
    return rf"(?:{'|'.join(sorted(names))}|#0*(?:{decimal})|#(?i:x0*(?:{hexadecimal})))"


_AMPERSAND: Final = "&(?:amp;)*"  # an entity may be escaped again and again: &amp;amp;quot;
_NUMBER_OR_NAME: Final = r"(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30})"
_ENTITY: Final = f"{_AMPERSAND}{_NUMBER_OR_NAME};"
# Anything but a tag of a script or a style: «<<» and «</b>» stand in scripts, and a search never runs far in vain.
_CODE: Final = r"[^<]*(?:<+/*(?:[^/<sS]|[sS](?:[^<cCtT]|[cC][^<rR]|[tT][^<yY]))[^<]*)*"
_TAG: Final = "|".join(
    [
        r"<!--(?:[^<]|<[^!])*?-->",
        rf"<(?i:script|style)(?:\s[^<>]*)?>{_CODE}</(?i:script|style)\s*>",
        r"<[/!]?[a-zA-Z][^<>]{0,300}>",
        rf"{_AMPERSAND}lt;/?[a-zA-Z][^<>]{{0,300}}?{_AMPERSAND}gt;",
    ]
)
_GAP: Final = rf"(?:,?(?:{_BLANK}|{_TAG}|{_AMPERSAND}{_blank_entity()};)+)+"
# Several emoji may be one by invisible joiners, which are part of it.
_ONE_EMOJI: Final = r"\p{Extended_Pictographic}[\ufe0f\U0001f3fb-\U0001f3ff]?"
_EMOJI: Final = rf"{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*"
_PLAIN: Final = rf"\s{LINE_BREAKS}{INVISIBLE}{PRESENTATION_FORMS}<&,\p{{Extended_Pictographic}}"


def _piece(plain: str) -> str:
    """The covering pattern over a raw text; `plain`: a character that is kept with its neighbours."""
    return rf"(?s){_EMOJI}|{_GAP}|{_ENTITY}|[{PRESENTATION_FORMS}]+|{plain}+(?: {plain}+)*|."


_PIECE: Final = _piece(f"[^{_PLAIN}]")
_PIECE_OR_STOP: Final = _piece(f"[^{_PLAIN}.]")  # every full stop is a piece, for texts with glued sentences

_GAP_REASONS: Final = {"markup": _TAG, "entity": "&", "invisible": f"[{INVISIBLE}]", "whitespace": ""}
"""Why a gap may change, by what it holds; the first that fits."""

_BREAKING_TAG: Final = rf"(?:<|{_AMPERSAND}lt;)(?i:/?(?:{BLOCK_TAGS}))[\s/>&]"
_BREAK_WITHIN: Final = rf"[^\s{INVISIBLE}]{_BLANK}*[{LINE_BREAKS}]{_BLANK}*[^\s{INVISIBLE}]"
_LATIN_OR_DIGIT: Final = r"[\p{Latin}0-9٠-٩۰-۹]"
_JOINER_EVIDENCE: Final = r"(?:^|[^\p{Latin}.!؟?…])[.!؟?…]+[\"'»”’)\]]*,\s"  # not «U.S., »


def is_joined() -> pl.Expr:
    """Whether a raw body is paragraphs joined by «, » into one line.

    The Latin comma alone proves nothing (translators type it): the evidence is a comma behind an end mark.
    """
    is_one_line = ~pl.col("body").str.strip_chars().str.contains(f"[{LINE_BREAKS}]")
    one_line = pl.when(is_one_line).then("body")
    return pl.coalesce("is_joined", is_one_line & one_line.str.contains(_JOINER_EVIDENCE))


def clean(raw: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(TEXT, EDIT) of a RAW frame with a `row` column.

    The body keeps the author's spelling: only layout, markup and characters that are no letters change.
    """
    sound, repairs = repaired(raw)
    pieces = without_boilerplate(_ruled(_pieces(_parts(sound))))
    return _texts(raw, pieces), _edits(pieces, repairs)


def _parts(raw: pl.DataFrame) -> pl.DataFrame:
    """A row for each title and each body: row, part, text, length, the lengths before as offset, what shape it has."""
    return (
        raw.select("row", "title", "body", is_joined=is_joined())
        .unpivot(on=["title", "body"], index=["row", "is_joined"], variable_name="part", value_name="text")
        .sort("row", maintain_order=True)
        .with_columns(
            is_joined=pl.col("is_joined") & (pl.col("part") == "body"),
            length=pl.col("text").str.len_chars().cast(pl.Int64),
            has_glued=pl.col("text").str.contains(GLUED),
        )
        .with_columns(
            offset=pl.col("length").cum_sum() - pl.col("length"),
            is_one_line=(pl.col("part") == "body")
            & ~pl.col("is_joined")
            & ~pl.when("has_glued").then("text").str.contains(_BREAK_WITHIN),
        )
    )


def _pieces(parts: pl.DataFrame) -> pl.DataFrame:
    """A row for each piece, in order, with its raw_start and raw_end, and where it is a gap with what _gaps() tells."""
    glued = pl.when("has_glued").then("text").str.extract_all(_PIECE_OR_STOP)
    other = pl.when(~pl.col("has_glued")).then("text").str.extract_all(_PIECE)
    pieces = (
        parts.with_columns(piece=pl.coalesce(glued, other))
        .drop("text")
        .explode("piece", empty_as_null=False)
        .with_columns(size=pl.col("piece").str.len_chars().cast(pl.Int64))
        .with_columns(raw_end=pl.col("size").cum_sum() - pl.col("offset"))
        .with_columns(raw_start=pl.col("raw_end") - pl.col("size"), is_glued=is_glued())
    )
    return pieces.join(_gaps(pieces), on="piece", how="left", maintain_order="left")


def _gaps(pieces: pl.DataFrame) -> pl.DataFrame:
    """Each distinct piece that is a gap, with what shows of it (`gap`: nothing, or commas, blanks and line breaks) and
    the first rule that changes it (`gap_reason`)."""
    is_gap = pl.col("piece").str.contains(rf"\A(?:{_GAP})\z")
    gaps = pieces.select(pl.col("piece").filter(is_gap).unique(maintain_order=True))
    return gaps.with_columns(
        pl.Series("gap", [_shown(gap) for gap in gaps["piece"]], dtype=pl.String),
        gap_reason=pl.coalesce(
            pl.when(pl.col("piece").str.contains(pattern)).then(pl.lit(reason))
            for reason, pattern in _GAP_REASONS.items()
        ),
    )


def _ruled(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces with what each becomes (`replacement`) and the first rule that changes it (`reason`)."""
    rules = [*_gap_rules(), *_spelling_rules(pieces), *glued_rules()]
    # A column of its own for each condition: an expression that stands in two others is worked out twice.
    asked = pieces.with_columns(holds.alias(f"rule_{no}") for no, (_, holds, _) in enumerate(rules))
    return asked.select(
        *pieces.columns,
        reason=pl.coalesce(pl.when(f"rule_{no}").then(reason) for no, (reason, _, _) in enumerate(rules)),
        replacement=pl.coalesce(
            *(pl.when(f"rule_{no}").then(becomes) for no, (_, _, becomes) in enumerate(rules)), "piece"
        ),
    )


def _gap_rules() -> list[tuple[pl.Expr, pl.Expr, pl.Expr]]:
    """(reason, when it holds, what the gap becomes) for the gaps between words.

    A gap between words becomes a blank, between lines a line break, at either end of the text nothing.
    A comma in it stays, but for the commas that join paragraphs.
    """
    piece, gap = pl.col("piece"), pl.col("gap")
    is_first, is_last = pl.col("raw_start") == 0, pl.col("raw_end") == pl.col("length")
    is_within = ~is_first & ~is_last
    may_join = pl.col("is_joined") & gap.str.contains(r",[ \n]")
    before, behind = (pl.when(may_join & is_within).then(piece.shift(by)) for by in (1, -1))
    in_list = before.str.contains(f"{_LATIN_OR_DIGIT}$") & behind.str.contains(f"^{_LATIN_OR_DIGIT}")
    is_joiner = may_join & ~in_list.fill_null(value=False)
    blank = pl.when(pl.col("part") == "title").then(gap.str.replace_all("\n", " ")).otherwise(gap)
    ends = pl.when(is_first).then(blank.str.strip_chars_start(" \n")).otherwise(blank)
    becomes = pl.when(is_last).then(ends.str.strip_chars_end(" \n")).otherwise(ends)
    line_break = pl.when(is_within).then(pl.lit("\n")).otherwise(pl.lit(""))
    return [
        (pl.lit("paragraph_joiner"), is_joiner, line_break),
        (pl.col("gap_reason"), gap.is_not_null(), becomes),
    ]


def _spelling_rules(pieces: pl.DataFrame) -> list[tuple[pl.Expr, pl.Expr, pl.Expr]]:
    """(reason, when it holds, what the piece becomes) for letters and signs written in a roundabout way."""
    is_entity = pl.col("gap").is_null() & pl.col("piece").str.contains(rf"\A{_ENTITY}\z")
    is_form = pl.col("piece").str.contains(rf"\A[{PRESENTATION_FORMS}]")
    roundabout = pieces.filter(is_entity | is_form).get_column("piece").unique()
    spelled = pl.col("piece").replace({piece: _spell(piece) for piece in roundabout})
    return [(pl.lit("entity"), is_entity, spelled), (pl.lit("presentation_form"), is_form, spelled)]


def _shown(gap: str) -> str:
    """What shows of a gap: a tag that sets a block and a line end as a line break, any white space as one blank."""
    text = re.sub(_TAG, lambda tag: "\n" if re.match(_BREAKING_TAG, tag[0]) else "", gap)
    text = re.sub(f"[{INVISIBLE}]", "", html.unescape(re.sub(_AMPERSAND, "&", text)))
    return re.sub(rf"[\s{LINE_BREAKS}]+", lambda blank: "\n" if re.search(f"[{LINE_BREAKS}]", blank[0]) else " ", text)


def _spell(piece: str) -> str:
    """An entity as its character, presentation forms as their letters: «ﻻ» → «لا».

    An entity may be escaped again («&amp;quot;» → «"»); one that HTML does not know is a text.
    NFKC sets an isolated vowel sign on a blank that nobody wrote: the blank goes.
    """
    entity = re.sub(_AMPERSAND, "&", piece)
    is_known = entity[1:2] == "#" or entity[1:] in html.entities.html5
    text = html.unescape(entity) if is_known else entity
    if not re.match(f"[{PRESENTATION_FORMS}]", text):
        return text
    return re.sub(r" (?=[\u064b-\u0652])", "", unicodedata.normalize("NFKC", text))


def _texts(raw: pl.DataFrame, pieces: pl.DataFrame) -> pl.DataFrame:
    """TEXT: the pieces of each part joined again."""
    of_part = {part: pl.col("replacement").filter(pl.col("part") == part).str.join("") for part in ("title", "body")}
    joined = pieces.group_by("row", maintain_order=True).agg(**of_part)
    return (
        raw.select("row")
        .join(joined, on="row", how="left")
        .with_columns(pl.col("title", "body").fill_null(""))
        .select(TEXT.keys())
    )


def _edits(pieces: pl.DataFrame, repairs: pl.DataFrame) -> pl.DataFrame:
    """EDIT: the pieces that became another text, behind the repair of their part, numbered within their article."""
    changed = pieces.filter(pl.col("replacement") != pl.col("piece")).rename({"piece": "raw_text"})
    edits = pl.concat([repairs, changed.select(repairs.columns)])
    in_order = edits.sort("row", pl.col("part") == "body", maintain_order=True) if len(repairs) else edits
    return in_order.with_columns(edit_no=pl.int_range(1, pl.len() + 1).over("row")).select(
        pl.col(name).cast(dtype) for name, dtype in EDIT.items()
    )
