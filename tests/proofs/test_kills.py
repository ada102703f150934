"""kill -9 at every moment of a night: what is published stays whole, and the next run makes up for the dead one."""

import shutil
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import pytest

from flows.night import run_night
from flows.warehouse.content import Content
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, all_of, broken_claims, fingerprint, is_tidy
from tests.proofs.landing import article as new_article
from tests.proofs.landing import land, revised, write
from tests.proofs.moments import live

KILLS_AT_MOMENTS: Final = 140
KILLS_BY_CLOCK: Final = 60
KILLS_TO_A_RECOVERY: Final = 8
BATCH_BYTES: Final = 60_000
"""So that the night has several batches."""
COMMAND: Final = Path(sys.executable).with_name("mustawda")


class Scene:
    """A published warehouse and a night that is due: it can be set up again after each recovery."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, Place(root / "warehouse")
        self.night = a_night(root, batch_bytes=BATCH_BYTES)
        random = Random(7)
        known = [new_article(random, f"known-{number}") for number in range(12)]
        land(root / "landing", date(2026, 11, 1), 60, seed=1)
        write(root / "landing", "jsonl", date(2026, 11, 1), "known", known)
        run_night(self.night)
        land(root / "landing", date(2026, 11, 2), 90, seed=2)
        write(root / "landing", "jsonl", date(2026, 11, 2), "again", [revised(random, one) for one in known])
        write(root / "landing", "joined", date(2026, 11, 2), "empty", [known[0]])
        (root / "landing/almasar/2026-11-02/empty.txt").write_bytes(b"")
        shutil.copytree(self.place.root, root / "before", symlinks=True)
        self.before = fingerprint(self.place.published())
        started = time.monotonic()
        lived = live(self.night)
        self.seconds = time.monotonic() - started
        assert lived.told is not None
        outcome, self.moments = lived.told
        assert outcome == "published"
        self.undisturbed: Content = all_of(self.place.published())
        self.set_up()

    def set_up(self) -> None:
        shutil.rmtree(self.place.root)
        shutil.copytree(self.root / "before", self.place.root, symlinks=True)

    def published_the_night(self) -> bool:
        """Whether readers see the night, whole; else they see the version before it, to the byte."""
        published = self.place.published()
        if fingerprint(published) == self.before:
            return False
        assert published.stat().st_mode & 0o777 == 0o444
        assert all_of(published) == self.undisturbed
        return True

    def recover(self) -> None:
        """The claims hold for what readers see, and one more run has everything in place, once."""
        assert broken_claims(self.place.published()) == []
        outcome = "nothing_new" if self.published_the_night() else "published"
        assert run_night(self.night).outcome == outcome
        assert all_of(self.place.published()) == self.undisturbed
        assert broken_claims(self.place.published()) == []
        assert len(list(self.place.versions.iterdir())) == 2
        assert is_tidy(self.place)
        self.set_up()


@pytest.fixture(scope="module")
def scene(tmp_path_factory) -> Scene:
    return Scene(tmp_path_factory.mktemp("kills"))


@pytest.mark.slow
def test_a_night_killed_at_any_moment_leaves_yesterday_or_the_whole_night(scene):
    last = len(scene.moments)
    swapped = scene.moments.index(next(name for name in scene.moments if name.endswith(".current.link current.duckdb")))
    moments = [number * last // KILLS_AT_MOMENTS for number in range(KILLS_AT_MOMENTS)]
    Random(1).shuffle(moments)

    for number, moment in enumerate(moments, 1):
        assert live(scene.night, last=moment).was_killed, scene.moments[moment]
        is_published = scene.published_the_night()
        assert is_published == (moment > swapped), scene.moments[moment]
        if is_published or number % KILLS_TO_A_RECOVERY == 0:
            scene.recover()
    scene.recover()


@pytest.mark.slow
def test_a_night_killed_from_outside_leaves_yesterday_or_the_whole_night(scene):
    random, ends = Random(2), Counter()

    for number in range(1, KILLS_BY_CLOCK + 1):
        ends[live(scene.night, seconds=random.uniform(0, scene.seconds)).was_killed] += 1
        if scene.published_the_night() or number % KILLS_TO_A_RECOVERY == 0:
            scene.recover()
    scene.recover()

    assert ends[True] > KILLS_BY_CLOCK // 2
