"""A disk that is full at any step of a night: one clear line, nothing published changes, and freed space is enough."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from flows.night import run_night
from flows.terms import Summary
from flows.warehouse.content import Content, content_of
from flows.warehouse.copies import NoRoom
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, broken_claims, fingerprint, is_tidy
from tests.proofs.landing import land

DISK_BYTES: Final = 48 << 20


class Disk:
    """A small disk that holds a warehouse, and a file that takes what is left of it."""

    def __init__(self, mounted: Path, root: Path, content: Content) -> None:
        self.root, self.content = root, content
        self.place, self._filler = Place(mounted / "warehouse"), mounted / "filler"

    def fill(self, leave: int = 0) -> None:
        with self._filler.open("ab", buffering=0) as filler, suppress(OSError):
            while self.free() > leave:
                filler.write(bytes(min(max(self.free() - leave, 1), 1 << 20)))

    def free(self) -> int:
        told = os.statvfs(self._filler.parent)
        return told.f_bavail * told.f_frsize

    def empty(self) -> None:
        self._filler.unlink()

    def night(self, at: Callable[[str], bool] = lambda _moment: False) -> Summary:
        """A night that finds the disk full from the first moment on that is `at`."""

        def step(name: str, call: Callable[[], Any]) -> Any:
            self._come(at, name)
            return call()

        def progress(what: str, done: int, total: int) -> None:
            self._come(at, f"{what} {'last' if done == total else done}")

        night = a_night(self.root, warehouse=self.place.root, batch_bytes=60_000)
        return run_night(night, step, progress)

    def _come(self, at: Callable[[str], bool], moment: str) -> None:
        if at(moment):
            self.fill()


@pytest.fixture(scope="module")
def due(tmp_path_factory) -> tuple[Path, Content]:
    """(folder of a published version and a landing whose night is due, the content that this night comes to)."""
    root = tmp_path_factory.mktemp("due")
    land(root / "landing", date(2026, 11, 1), 40, seed=1)
    run_night(a_night(root))
    land(root / "landing", date(2026, 11, 2), 60, seed=2)
    run_night(a_night(root, warehouse=root / "elsewhere"))
    return root, content_of(Place(root / "elsewhere").published())


@pytest.fixture
def disk(due, tmp_path) -> Iterator[Disk]:
    """A mounted disk with a published version and a night that is due."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(mounted)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        root, content = due
        shutil.copytree(root / "warehouse", mounted / "warehouse", symlinks=True)
        yield Disk(mounted, root, content)
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


@pytest.mark.parametrize(
    "moment",
    ["digest-1", "digest 1", "load", "load 1", "load 12", "load last", "check last"],
    ids=["at staging", "at the second batch", "at the copy", "while tables are made",
         "while rows are loaded", "at the commit", "behind the checks"],
)  # fmt: skip
def test_a_full_disk_stops_the_night_with_one_line_and_changes_nothing(disk, moment):
    before = fingerprint(disk.place.published())

    with pytest.raises(NoRoom, match=r"\Athe disk of \S+ is full \(.*No space left on device.*\); nothing was pub"):
        disk.night(lambda now: now == moment)

    assert fingerprint(disk.place.published()) == before
    assert broken_claims(disk.place.published()) == []
    disk.empty()
    assert disk.night().outcome == "published"
    assert content_of(disk.place.published()) == disk.content
    assert is_tidy(disk.place)


def test_a_disk_that_is_full_at_the_publish_does_not_undo_the_night(disk):
    assert disk.night(lambda now: now == "publish").outcome == "published"

    assert content_of(disk.place.published()) == disk.content
    assert broken_claims(disk.place.published()) == []
    disk.empty()
    assert disk.night().outcome == "nothing_new"
    assert is_tidy(disk.place)


def test_a_night_that_would_not_fit_is_refused_beforehand_in_a_sentence(disk):
    before = fingerprint(disk.place.published())
    disk.fill(leave=1 << 20)
    steps: list[str] = []

    with pytest.raises(NoRoom, match=r"has 1 MB free and the night may take \d+ MB; make room, or keep fewer versions"):
        disk.night(lambda now: bool(steps.append(now)))

    assert steps == ["discover"]
    assert fingerprint(disk.place.published()) == before
    disk.empty()
    assert disk.night().outcome == "published"


def test_what_a_dead_run_left_does_not_take_the_room_of_the_next(disk):
    left = disk.place.staging / "20261101T000000Z"
    left.mkdir()
    (left / "word.parquet").write_bytes(bytes(disk.free() - (1 << 20)))

    assert disk.night().outcome == "published"
