"""Versions of the warehouse: published by moving a link, never changed after, kept for a while for a rollback."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from flows.trouble import Trouble
from flows.warehouse.place import Place

_NAME: Final = "%Y%m%dT%H%M%SZ"


class NoSuchVersion(Trouble):
    """There is no version of that name."""

    exit_code = 2


class Pinned(Trouble):
    """A rollback holds the version that readers see; nothing else is published until it is released."""


@dataclass(frozen=True)
class Version:
    """One kept version."""

    name: str
    size: int
    is_published: bool
    is_pinned: bool


def listed(place: Place) -> list[Version]:
    """The kept versions, newest first."""
    published, pin = _published_name(place), pinned(place)
    files = sorted(place.versions.glob("*.duckdb"), reverse=True)
    return [Version(f.stem, f.stat().st_size, f.stem == published, f.stem == pin) for f in files]


def next_name(place: Place, now: datetime, dropped: Iterable[str] = ()) -> str:
    """A name that sorts behind every version there is or was just dropped, also where the clock was put back."""
    last = max([*dropped, *(version.name for version in listed(place))], default="")
    behind_last = datetime.strptime(last, _NAME) + timedelta(seconds=1) if last else now
    return max(now, behind_last).strftime(_NAME)


def publish(place: Place, built: Path, name: str) -> Path:
    """The built file as the version that readers open from now on; returns its path.

    It reaches the disk and becomes read-only before the link moves, and the link moves in one step.
    """
    built.chmod(0o444)
    to_disk(built)
    version = place.versions / f"{name}.duckdb"
    built.rename(version)
    to_disk(place.versions)
    _point_at(place, version)
    return version


def rollback(place: Place, name: str) -> None:
    """Readers see a kept version again, and it stays until released. Raises NoSuchVersion."""
    version = place.versions / f"{name}.duckdb"
    if version not in place.versions.glob("*.duckdb"):
        names = ", ".join(kept.name for kept in listed(place)) or "none"
        raise NoSuchVersion(f"there is no version «{name}»; kept are: {names}")
    place.pin.write_text(name, encoding="utf-8")
    to_disk(place.pin)
    _point_at(place, version)


def release(place: Place) -> None:
    """The next night goes on from the version that is published now."""
    place.pin.unlink(missing_ok=True)


def pinned(place: Place) -> str | None:
    """The version that a rollback holds, if any."""
    return place.pin.read_text(encoding="utf-8").strip() if place.pin.exists() else None


def check_pin(place: Place) -> None:
    """Raises Pinned where a rollback holds a version."""
    if pin := pinned(place):
        raise Pinned(f"pinned at {pin} by a rollback: nothing is published until «mustawda rollback --release»")


def drop_abandoned(place: Place) -> list[str]:
    """Removes versions newer than the published one: of runs that died before the link moved, or rolled back."""
    published = _published_name(place)
    return _drop(place, [version.name for version in listed(place) if version.name > published])


def drop_old(place: Place, kept: int) -> tuple[list[str], list[str]]:
    """Removes all but the newest versions and the published one.

    Returns (the names of those removed, a sentence for each that could not be): what is published stands without it.
    """
    dropped: list[str] = []
    stuck: list[str] = []
    for name in [version.name for version in listed(place)[kept:] if not version.is_published]:
        try:
            dropped += _drop(place, [name])
        except OSError as error:
            stuck.append(f"the old version {name} could not be removed ({error.strerror}): it takes room until it is")
    return dropped, stuck


def to_disk(path: Path) -> None:
    """Waits until a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop(place: Place, names: list[str]) -> list[str]:
    for name in names:
        (place.versions / f"{name}.duckdb").unlink()
    return names


def _published_name(place: Place) -> str:
    return place.published().stem if place.current.exists() else ""


def _point_at(place: Place, version: Path) -> None:
    link = place.root / ".current.link"
    link.unlink(missing_ok=True)
    link.symlink_to(version.relative_to(place.root))
    link.replace(place.current)
    to_disk(place.root)
