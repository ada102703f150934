"""Speed and memory of a whole night: python -m tests.benchmarks.night LANDING [SOURCES]

Runs the plain night function over a landing of real articles in a fresh process for each round, with a warm
file cache, and prints words per second from discovery to published, and the peak memory.
"""

import json
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night

ROUNDS: Final = 3


def one_night(landing: str, sources: Path, warehouse: Path) -> dict[str, Any]:
    """Articles, words, seconds, bytes and peak memory of one night, run in this process."""
    settings = Settings(landing=(landing,), warehouse=warehouse, sources=sources)
    summary = run_night(Night(settings, date.today()))
    file = Path(warehouse, "current.duckdb").resolve()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {**summary.counts, "seconds": summary.seconds, "peak": peak, "bytes": file.stat().st_size}


def in_fresh_process(landing: str | Path, sources: Path, warehouse: Path) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.night", landing, sources, "--into", warehouse]
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def main() -> None:
    """Prints a line a round and the median."""
    landing, *rest = sys.argv[1:]
    sources = Path(rest[0]) if rest else Path("tests/real/sources.toml")
    if rest[1:2] == ["--into"]:
        print(json.dumps(one_night(landing, sources, Path(rest[2])), default=str))
        return
    rounds = []
    for number in range(ROUNDS + 1):  # the first warms the file cache
        with tempfile.TemporaryDirectory() as warehouse:
            told = in_fresh_process(landing, sources, Path(warehouse))
        rate = told["words"] / told["seconds"]
        print(
            f"{'warm-up' if number == 0 else f'round {number}'}: {told['articles_new']:,} articles, "
            f"{told['words']:,} words, {told['seconds']:.1f} s, {rate:,.0f} words/s, "
            f"{told['peak'] / 2**30:.2f} GiB, {told['bytes'] / told['words']:.1f} bytes a word"
        )
        rounds += [rate] if number else []
    print(f"median: {median(rounds):,.0f} words/s")


if __name__ == "__main__":
    main()
