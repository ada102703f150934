"""Cost of a night that brings little: python -m tests.benchmarks.increment LANDING [SOURCES]

Loads 2,000 files of real articles into a warehouse that holds the rest of the landing, and into an empty one. The copy
of the published version is timed by itself: it grows with the warehouse, not with the night.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

from flows.warehouse.copies import copy_published
from flows.warehouse.place import Place
from tests.benchmarks.night import in_fresh_process

NEW_FILES: Final = 2_000
ROUNDS: Final = 3


def split(landing: Path) -> tuple[list[Path], list[Path]]:
    """(the files of a landing that are there before, 2,000 that come later, evenly chosen of every outlet)."""
    files = sorted(file for file in landing.rglob("*") if file.is_file())
    later = files[:: max(len(files) // NEW_FILES, 1)][:NEW_FILES]
    return sorted(set(files) - set(later)), later


def deliver(files: list[Path], landing: Path, to: Path) -> None:
    """Copies files of a landing to the same places below another folder."""
    for file in files:
        place = to / file.relative_to(landing)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place)


def copy_seconds(warehouse: Path) -> float:
    """How long the copy takes that a night works on."""
    copy = warehouse / "staging" / "copy.duckdb"
    started = time.perf_counter()
    copy_published(Place(warehouse), copy)
    took = time.perf_counter() - started
    copy.unlink()
    return took


def tell(what: str, night: dict[str, Any]) -> None:
    """Prints what a night loaded and how long it took."""
    print(f"{what}: {night['articles_new']:,} articles, {night['words']:,} words, {night['seconds']:.2f} s")


def main() -> None:
    """Prints a line for each night and the medians."""
    landing = Path(sys.argv[1])
    sources = Path(sys.argv[2] if sys.argv[2:] else "tests/real/sources.toml")
    with tempfile.TemporaryDirectory() as folder:
        whole, few, held = (Path(folder, name) for name in ("whole", "few", "held"))
        before, later = split(landing)
        deliver(before, landing, whole)
        deliver(later, landing, few)
        tell("before", in_fresh_process(whole, sources, held))
        deliver(later, landing, whole)
        ratios = []
        for number in range(1, ROUNDS + 1):
            empty, grown = Path(folder, f"empty-{number}"), Path(folder, f"grown-{number}")
            shutil.copytree(held, grown, symlinks=True)
            into_empty = in_fresh_process(few, sources, empty)
            into_full = in_fresh_process(whole, sources, grown)
            copy = copy_seconds(grown)
            ratios.append((into_full["seconds"] - copy) / into_empty["seconds"])
            tell(f"round {number}, into an empty warehouse", into_empty)
            tell(f"round {number}, into a full one", into_full)
            print(f"    of it the copy {copy:.2f} s ({copy / into_full['bytes'] * 2**30:.2f} s a GiB)")
        print(f"median: {median(ratios):.2f} times as long into a full warehouse, the copy aside")


if __name__ == "__main__":
    main()
