"""The lexicon's tables on disk, so that only the first night of a version of the lexicon builds them.

They are derived from the data of wordfreq and simplemma (CC BY-SA): they stay on the machine whose user installed
those packages, and are part of no repository and no warehouse.
"""

import logging
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from transforms.cores import on_cores
from transforms.lexicon import tables
from transforms.lexicon.version import lexicon_version

log: Final = logging.getLogger("mustawda")

_OURS: Final = re.compile("[0-9a-f]{16}|building-.*")
"""The names of what this module makes in its folder: nothing else is ever removed."""


def warm(folder: Path) -> None:
    """Has the lexicon's tables ready: from folder/<version of the lexicon>/, else built, and written there."""
    cached = folder / lexicon_version()
    if tables.are_ready() and cached.is_dir():
        return
    if not _prime(cached):
        _keep(tables.built(), cached)


def _prime(cached: Path) -> bool:
    """Whether the cache held every table; one that is broken or half is as good as none."""
    names = sorted(tables.names())
    try:
        frames = on_cores(lambda name: pl.read_parquet(cached / f"{name}.parquet"), names)
    except (OSError, pl.exceptions.PolarsError):
        return False
    tables.prime(dict(zip(names, frames, strict=True)))
    return True


def _keep(frames: dict[str, pl.DataFrame], cached: Path) -> None:
    """Writes the tables in one step and removes those of other versions; a folder that can't be written is no fault."""
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="building-", dir=cached.parent, ignore_cleanup_errors=True) as building:
            for name, frame in frames.items():
                frame.write_parquet(Path(building, f"{name}.parquet"), compression="lz4")
            for old in cached.parent.iterdir():
                if _OURS.fullmatch(old.name) and old != Path(building):
                    shutil.rmtree(old, ignore_errors=True)
            Path(building).rename(cached)
    except (OSError, pl.exceptions.PolarsError) as error:
        log.info("the lexicon's tables are not kept in %s (%s): the next run builds them again", cached.parent, error)
