"""Two texts of an article -> what changed, sentence by sentence."""

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Final

import polars as pl

from transforms.contracts import REVISION
from transforms.sentences import sentences

_SIDES: Final = ("old", "new")
_LIKENESS: Final = 0.5
"""Two sentences that share so much of their words are one sentence that was changed."""

Change = tuple[str, str | None, str | None]
"""(name of the change, old text, new text)."""


def revisions(pairs: pl.DataFrame) -> pl.DataFrame:
    """REVISION rows of (article_id, version_no, old_title, old_body, new_title, new_body) rows.

    Sentences that stand in both texts in the same order are unchanged; where some took the place of others, those
    alike are paired in order as changed, and the rest was removed or added.
    """
    sides = {side: _sentences(pairs, side) for side in _SIDES}
    changes = [change for pair in pairs.with_row_index("pair").to_dicts() for change in _changes(pair, sides)]
    return pl.DataFrame(changes, schema=REVISION)


def _sentences(pairs: pl.DataFrame, side: str) -> dict[int, list[str]]:
    """The sentences of one side's bodies, by the row of the pair."""
    bodies = pairs.select(article_id=pl.int_range(pl.len()), title=pl.lit(""), body=f"{side}_body")
    rows = sentences(bodies).group_by("article_id", maintain_order=True).agg("sentence")
    return dict(zip(rows["article_id"], rows["sentence"].to_list(), strict=True))


def _changes(pair: dict[str, Any], sides: dict[str, dict[int, list[str]]]) -> list[dict[str, Any]]:
    old, new = (sides[side].get(pair["pair"], []) for side in _SIDES)
    changes: list[Change] = []
    if pair["old_title"] != pair["new_title"]:
        changes.append(("title", pair["old_title"], pair["new_title"]))
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for both in zip_longest(old[from_old:to_old], new[from_new:to_new]):
                changes += _named(*both)
    return [
        {
            "article_id": pair["article_id"],
            "version_no": pair["version_no"],
            "change_no": number,
            "change": change,
            "old_text": old_text,
            "new_text": new_text,
        }
        for number, (change, old_text, new_text) in enumerate(changes, 1)
    ]


def _named(old: str | None, new: str | None) -> list[Change]:
    if old and new and SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= _LIKENESS:
        return [("sentence_changed", old, new)]
    removed: list[Change] = [("sentence_removed", old, None)] if old else []
    added: list[Change] = [("sentence_added", None, new)] if new else []
    return removed + added
