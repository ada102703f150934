"""RAW frames from a title and a body, and the ledger read backwards."""

from collections.abc import Callable, Iterable

import polars as pl
import pytest

from transforms.contracts import RAW

Ledger = Iterable[tuple[int, int, str, str, str]]


@pytest.fixture(scope="session")
def raw() -> Callable[..., pl.DataFrame]:
    """raw((title, body), …, column=value or one value a row) -> a RAW frame, a file an article."""

    def frame(*texts: tuple[str, str], **columns: object) -> pl.DataFrame:
        names = [f"{number}.txt" for number in range(1, len(texts) + 1)]
        given = {
            "file": [f"outlet/{name}" for name in names],
            "locator": "",
            "file_sha256": "0" * 64,
            "encoding": "utf-8",
            "source_id": "outlet",
            "timezone": "Asia/Riyadh",
            "path": names,
            "title": [title for title, _ in texts],
            "body": [body for _, body in texts],
        }
        values = dict.fromkeys(RAW) | given | columns
        columned = {name: value if isinstance(value, list) else [value] * len(texts) for name, value in values.items()}
        return pl.DataFrame(columned, schema=RAW)

    return frame


@pytest.fixture(scope="session")
def undone() -> Callable[[str, Ledger], str]:
    """undone(clean text, (raw_start, raw_end, raw_text, replacement, reason) in order) -> the raw text."""

    def restore(text: str, edits: Ledger) -> str:
        edits = list(edits)
        if edits and edits[0][-1] == "mojibake":
            raw_start, raw_end, raw_text, replacement, _ = edits[0]
            assert (raw_start, raw_end) == (0, len(raw_text))
            assert restore(text, edits[1:]) == replacement
            return raw_text
        raw, at = "", 0
        for raw_start, raw_end, raw_text, replacement, _ in edits:
            kept = text[at : at + raw_start - len(raw)]
            at += len(kept)
            assert text[at : at + len(replacement)] == replacement
            at += len(replacement)
            raw += kept + raw_text
            assert len(raw) == raw_end
        return raw + text[at:]

    return restore
