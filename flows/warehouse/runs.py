"""runs.jsonl: a line for each run, also for those that published nothing."""

import json
import os
from typing import Any

from flows.warehouse.place import Place


def note(place: Place, run: dict[str, Any]) -> None:
    """Adds the line of a run and the bytes of what readers see behind it; it is on the disk when this returns."""
    size = place.published().stat().st_size if place.current.exists() else None
    line = json.dumps({**run, "bytes": size}, ensure_ascii=False, default=str) + "\n"
    if place.runs.exists() and not place.runs.read_bytes().endswith(b"\n"):
        line = "\n" + line  # a power cut left the line before half written
    with place.runs.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def noted(place: Place) -> list[dict[str, Any]]:
    """The runs, oldest first; a line that a power cut left half written is passed over."""
    if not place.runs.exists():
        return []
    lines = place.runs.read_text(encoding="utf-8", errors="replace").splitlines()
    return [run for line in lines if (run := _parsed(line))]


def _parsed(line: str) -> dict[str, Any]:
    try:
        run: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return run
