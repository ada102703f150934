"""Work on every core: Polars evaluates one expression over strings on one core; slices of a frame use them all."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

Part = TypeVar("Part")
Result = TypeVar("Result")


def slices(frame: pl.DataFrame) -> list[pl.DataFrame]:
    """The frame cut into as many runs of rows as Polars has threads."""
    count = pl.thread_pool_size()
    size = max(-(-len(frame) // count), 1)
    return list(frame.iter_slices(size)) or [frame]


def on_cores(function: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """The function's results for the parts, in their order, worked out side by side."""
    with ThreadPoolExecutor(max_workers=len(parts)) as cores:
        return list(cores.map(function, parts))
