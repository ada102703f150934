"""Versions of the warehouse: published by moving a link, never changed after."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from flows.warehouse.place import Place

KEPT_VERSIONS: Final = 7
_FORMAT: Final = "%Y%m%dT%H%M%SZ"


def next_load_id(place: Place, now: datetime) -> str:
    """`now` (UTC, naive) as a name that sorts behind every version there is, also where the clock was put back."""
    last = max((file.stem for file in place.versions.glob("*.duckdb")), default="")
    behind_last = datetime.strptime(last, _FORMAT) + timedelta(seconds=1) if last else now
    return max(now, behind_last).strftime(_FORMAT)


def publish(place: Place, built: Path, load_id: str) -> Path:
    """The built file as the version that readers open from now on; returns its path.

    It reaches the disk and becomes read-only before the link moves, and the link moves in one step.
    """
    built.chmod(0o444)
    _to_disk(built)
    version = place.versions / f"{load_id}.duckdb"
    built.rename(version)
    _to_disk(place.versions)
    link = place.root / f".{load_id}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(version.relative_to(place.root))
    link.replace(place.current)
    _to_disk(place.root)
    return version


def drop_old(place: Place, kept: int) -> list[str]:
    """Removes all but the newest versions and the published one; returns their names."""
    versions = sorted(place.versions.glob("*.duckdb"), reverse=True)
    old = [version for version in versions[kept:] if version != place.published()]
    for version in old:
        version.unlink()
    return [version.stem for version in old]


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
