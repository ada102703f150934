"""Who reports, and from where: the dateline, the agency and the byline at the head of a body.

A table of patterns over the letters of a head (heads.py) says which heads are credits. Nothing is cut from the text.
"""

from functools import reduce
from typing import Final

import polars as pl

from transforms.heads import WORD, credited, lettered
from transforms.knowledge import table

CREDIT_COLUMNS: Final = ["byline", "dateline", "agency"]
CREDIT_LINES: Final = 3
"""A credit stands in one of the first lines: behind a headline that is repeated and a line with the day."""

HEAD_CHARS: Final = 120
_SHORT_CHARS: Final = 60

_DIGITAL_DAY: Final = r"[0-9٠-٩]{1,4}[-/][0-9٠-٩]{1,2}[-/][0-9٠-٩]{2,4}"
_NAMED_DAY: Final = r"[0-9٠-٩]{1,2} \p{L}+(?:/ ?\p{L}+)?(?: [0-9٠-٩]{4})?"
_DAYS: Final[dict[str, str]] = {
    rf"^((?:{WORD} ){{1,3}}?)(?:في )?{_DIGITAL_DAY}": "$1- ",  # «رام الله 5-7-2012 وفا- …»
    rf"^((?:{WORD} ){{1,3}}?)(?:في )?{_NAMED_DAY} ?([-/(–—])": "$1$2",  # «الدوحة في 5 يوليو /قنا/ …»
}
"""A day behind the place is no part of the credits."""

_PLACE: Final = r"[/b]*[PR](?:b[PRUVXZ]b)?(?:[/,][PR])?"
_NAMES: Final = r"N(?:[,/]N)*"
_TO: Final = r"[-t/:,b]+"
_STOP: Final = r"(?:[-t:/.bUVXZ$]|o\$)"

RULES: Final[dict[str, tuple[str, str]]] = {
    # «لندن (رويترز) - …», «القاهرة – أ ف ب:», «واشنطن/ أ ف ب», «أثينا - «ا ف ب»: …», «رام الله- وفا- يزن طه»
    "place_agency": (rf"{_PLACE}(?:{_TO}[PRKU])?(?:{_TO}[AO])+(?:{_TO}{_NAMES})?", _STOP),
    # «سكاكا (وكالة النداء) - …», «جواهاتي ـ الهند (وكالات) …»: agency or country vouch for a place that nobody listed
    "new_place_agency": (r"[UV]b[AO]", r"b(?:[-t:.]|\$)"),
    "new_place_country_agency": (r"[UV][-/][PR]bA", r"b"),
    "new_place": (r"[UV]bR", r"b-"),
    # «(بيت حنينا) القدس المحتلة – …»: the quarter, then the place
    "quarter_place": (r"b[PRUV]b[PR]", r"-"),
    # «تونس - مراسلنا», «القاهرة (خاص)- ردد …»
    "place_staff": (rf"{_PLACE}{_TO}K(?:{_TO}{_NAMES})?", r"[^0]"),
    # «الرياض: محمد العتيبي» as a line, «عمان- علاء القرالة - من المقرر …»; «بيروت - سعد الحريري: لن …» is a headline
    "place_byline": (rf"{_PLACE}{_TO}{_NAMES}", r"(?:[-o:.b/]*\$|-[^0])"),
    # «كتب: أحمد حسن», «القاهرة - كتبت: منى …»
    "cue_byline": (rf"(?:{_PLACE}{_TO})?b?(?:C[NUV](?:[,/][NUV])*|c{_NAMES})", _STOP),
    # «الجزيرة نت-خاص», «الجزيرة - الرياض :», «الرؤية - عهود الجيلانية»
    "outlet": (r"O[-t/b]+(?:K|[PRN])", r"[-o:.b]*\$"),
    "outlet_staff": (r"O[-t/b]+K", r""),
    # «(رويترز): قالت السلطات …», «وام / أبوظبي /»
    "agency": (r"bA", r"b[-:t]"),
    "agency_place": (r"A[-/][PR]", r"[-/:$]"),
    "agency_alone": (r"A", r"(?:-[UVXZ]|[-:.]*\$)"),
    # «القاهرة- حظي …», «بغداد – "…»; «تونس - الجزائر: مباراة» and «تونس - 2» are none
    "place": (_PLACE, r"b?(?:-(?:b|[KUVXZN]|0+[UVXZ])|t[UX])"),
    # «الخرطوم: اتفق …» for a city only and in the first line (below are headlines); «موسكو: الغرب …» is a headline
    "place_colon": (r"/?P(?:bRb)?", r":[UX]"),
    # «أحمد شعبان (القاهرة) - الهداية …», «تمارا يوسف المراعبة - انطلقت …»; with a second dash it is a parenthesis
    "byline_place": (rf"{_NAMES}bPb", r"-"),
    "byline_dash": (_NAMES, r"-[UVXZ][^-ot$]*$"),
    # «محمد العتيبي» as a line of its own
    "byline": (_NAMES, r"[-o:.]*\$"),
}
"""Heads that are credits, as patterns over LETTERS: the credit itself and what must follow; the first that fits."""


def with_bylines(articles: pl.DataFrame) -> pl.DataFrame:
    """The rows (row, body …) with byline, dateline and agency as their first lines tell them, else null."""
    return articles.join(_credits(_heads(articles)), on="row", how="left", maintain_order="left")


def _heads(articles: pl.DataFrame) -> pl.DataFrame:
    """row, line_no, head, is_whole of the first lines that may be credits: a sign early on, or a short line.

    Behind a line of prose a credit is one of another report.
    """
    line, size = pl.col("line"), pl.col("line").str.len_chars()
    may_be_credit = line.str.contains(r"^(?:.{0,60}[-–—−\u0640:/()]|.{1,60}$)")
    is_prose = (size > HEAD_CHARS) | ((size > _SHORT_CHARS) & line.str.contains(r"[.؟!]$"))
    is_first = pl.col("row") != pl.col("row").shift(1)
    return (
        articles.select("row", line=pl.col("body").str.splitn("\n", CREDIT_LINES + 1))
        .unnest("line")
        .drop(f"field_{CREDIT_LINES}")
        .unpivot(index="row", variable_name="line_no", value_name="line")
        .sort("row", "line_no")
        .filter(is_first.fill_null(True) | ~is_prose.fill_null(True).shift(1).cum_max().over("row"))
        .filter(may_be_credit)
        .select("row", "line_no", head=_undated(line.str.head(HEAD_CHARS)), is_whole=size <= HEAD_CHARS)
    )


def _undated(head: pl.Expr) -> pl.Expr:
    """Without the day between place and agency."""
    return reduce(lambda expr, rule: expr.str.replace(*rule), _DAYS.items(), head)


def _credits(heads: pl.DataFrame) -> pl.DataFrame:
    """row, byline, dateline, agency: of each the first line that tells it."""
    return (
        _ruled(lettered(heads))
        .group_by("row", "line_no", maintain_order=True)
        .agg(
            byline=_text_of("N").str.join("، "),
            dateline=_text_of("PR").first(),
            agency=pl.col("agency").drop_nulls().unique(maintain_order=True).str.join("، "),
        )
        .group_by("row", maintain_order=True)
        .agg(pl.col(name).filter(pl.col(name) != "").first() for name in CREDIT_COLUMNS)
    )


def _ruled(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces of credits alone, their letters settled by the rule: a new place is a place, a cued name a name."""
    key = ["row", "line_no"]
    heads = pieces.group_by(key, maintain_order=True).agg(letters=pl.col("letter").str.join(""))
    fits = [pl.col("letters").str.extract(f"^({credit}){stop}") for credit, stop in RULES.values()]
    found = heads.select(
        *key,
        size=pl.coalesce(fits).str.len_chars(),
        rule=pl.coalesce(pl.when(fit.is_not_null()).then(pl.lit(name)) for fit, name in zip(fits, RULES, strict=True)),
    ).drop_nulls()
    found = found.filter((pl.col("rule") != "place_colon") | (pl.col("line_no") == "field_0"))
    return (
        pieces.join(found, on=key, how="inner", maintain_order="left")
        .filter(pl.int_range(pl.len()).over(key) < pl.col("size"))
        .with_columns(letter=_settled())
        .with_columns(agency=pl.when(pl.col("letter").is_in(["A", "O"])).then(_agency()))
    )


def _settled() -> pl.Expr:
    letter, rule = pl.col("letter"), pl.col("rule")
    is_new = letter.is_in(["U", "V"])
    return (
        pl.when(is_new & rule.str.starts_with("new_place")).then(pl.lit("P"))
        .when(is_new & (rule == "cue_byline")).then(pl.lit("N"))
        .when((rule == "quarter_place") & (pl.int_range(pl.len()).over("row", "line_no") < 2)).then(pl.lit("?"))
        .otherwise(letter)
    )  # fmt: skip


def _agency() -> pl.Expr:
    """The canonical name of an agency as it is written in a head."""
    names = table("agencies").select(credited(pl.col("spelling")), "agency").iter_rows()
    return credited(pl.col("piece")).replace_strict(dict(names), default=None)


def _text_of(letters: str) -> pl.Expr:
    """The pieces with one of the letters."""
    return pl.col("piece").filter(pl.col("letter").is_in(list(letters)))
