"""Tables that cost seconds to build and are the same as long as the lexicon is: built once a process, or handed in.

`kept` marks the tables that words are looked up in, `once` those that only serve to build them. `built` hands the kept
ones out, `prime` takes them in again; where they lie in between is no concern of this room.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from threading import Lock
from typing import Final

import polars as pl

from transforms.cores import on_cores

Builder = Callable[[], pl.DataFrame]

_KEPT: Final[dict[str, Builder]] = {}
_FINISHED: Final[dict[str, pl.DataFrame]] = {}
_SCAFFOLD: Final[dict[str, pl.DataFrame]] = {}


def kept(build: Builder) -> Builder:
    """A table that `lexemes` looks words up in."""
    table = _KEPT[_name(build)] = _built_once(build, _FINISHED)
    return table


def once(build: Builder) -> Builder:
    """A table that others are built from."""
    return _built_once(build, _SCAFFOLD)


def names() -> frozenset[str]:
    """The names of the kept tables."""
    return frozenset(_KEPT)


def are_ready() -> bool:
    """Whether every kept table is built or handed in."""
    return _KEPT.keys() <= _FINISHED.keys()


def built() -> dict[str, pl.DataFrame]:
    """Every kept table by its name, on every core; what they were built from is let go."""
    tables = on_cores(lambda table: table(), list(_KEPT.values()))
    _SCAFFOLD.clear()
    return dict(zip(_KEPT, tables, strict=True))


def prime(frames: Mapping[str, pl.DataFrame]) -> None:
    """Takes in the tables that `built` handed out, of this version of the lexicon."""
    _FINISHED.update({name: frames[name] for name in _KEPT})


def looked_up(words: pl.DataFrame, table: pl.DataFrame, key: str) -> pl.DataFrame:
    """The words, each with its row of a large table, if any: it is cut down to what they need before it is joined."""
    needed = table.join(words.select(key), on=key, how="semi")
    return words.join(needed, on=key, how="left")


def _name(build: Builder) -> str:
    return f"{build.__module__.rpartition('.')[2]}.{build.__name__.strip('_')}"


def _built_once(build: Builder, frames: dict[str, pl.DataFrame]) -> Builder:
    """The builder behind a lock of its own: who needs a table that another thread is building waits for it."""
    name, lock = _name(build), Lock()

    @wraps(build)
    def table() -> pl.DataFrame:
        with lock:
            if name not in frames:
                frames[name] = build()
            return frames[name]

    return table
