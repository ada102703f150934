"""UTF-8 that someone read as another encoding, «Ø§Ù„» or «ط§ظ„» for «ال», read again as it was meant.

A whole title or body is repaired by one edit before all others; their offsets count in the repaired text.
"""

from typing import Final

import ftfy
import polars as pl

PARTS: Final = ("title", "body")

_SIGN_1252: Final = "[\\x80-\\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
_SIGN_1256: Final = "[\\xa0¢-©«-¹»-¾€‚ƒ„…†‡ˆ‰‹›Œœ‘’“”•–—™،؛؟پٹچژڈگکڑںھ\\u200c\\u200d]"
_AS_1256: Final = f"(?:[طظ]{_SIGN_1256}){{3}}"
_TYPICAL: Final[dict[str, str]] = {
    "Arabic as Latin-1 or windows-1252": f"(?:[ØÙÚÛ]{_SIGN_1252}){{2}}",  # «Ø§Ù„»
    "the same twice": r"(?:Ã[\x98-\x9b˜™š›]Â.){2}",  # «Ã˜Â§»
    "a quotation mark as windows-1252": "â€[œ\x9d\x9c™˜\x98\x99¦]",  # «â€œ»
    "Arabic as windows-1256": _AS_1256,  # «ط§ظ„ط¹»
}
"""What no writer types: only a text with one of them is looked at more closely."""


def repaired(raw: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(the RAW rows with repaired titles and bodies, the edits of it: row, part, raw_start … reason)."""
    edits = pl.concat(_repairs(raw, part) for part in PARTS)
    for part in edits["part"].unique():
        texts = edits.filter(part=part).select("row", text="replacement")
        raw = (
            raw.join(texts, on="row", how="left", maintain_order="left")
            .with_columns(pl.coalesce("text", part).alias(part))
            .drop("text")
        )
    return raw, edits


def _repairs(raw: pl.DataFrame, part: str) -> pl.DataFrame:
    """An edit for each row whose title (body) becomes another text."""
    suspects = raw.filter(pl.col(part).str.contains("|".join(_TYPICAL.values()))).select("row", raw_text=part)
    replacements = pl.Series("replacement", [_reread(text) for text in suspects["raw_text"]], dtype=pl.String)
    return (
        suspects.with_columns(replacements)
        .filter(pl.col("raw_text") != pl.col("replacement"))
        .select(
            "row",
            "raw_text",
            "replacement",
            part=pl.lit(part),
            raw_start=pl.lit(0, pl.Int64),
            raw_end=pl.col("raw_text").str.len_chars().cast(pl.Int64),
            reason=pl.lit("mojibake"),
        )
    )


def _reread(text: str) -> str:
    """The text as it was meant. ftfy knows every Latin code page and mixtures, but not the Arabic one."""
    try:
        meant = text.encode("cp1256").decode()
    except UnicodeError:
        return ftfy.fix_encoding(text)
    return meant
