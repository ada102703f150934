"""kill -9 at every moment of a night: what is published stays whole, and the next run makes up for the dead one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import pytest

from flows.night import run_night
from flows.warehouse.content import Content
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, all_of, broken_claims, fingerprint, is_tidy
from tests.proofs.landing import SOURCES, land, revised, write
from tests.proofs.landing import article as new_article
from tests.proofs.moments import PATIENCE, live

KILLS_AT_MOMENTS: Final = 140
KILLS_BY_CLOCK: Final = 60
KILLS_TO_A_RECOVERY: Final = 8
BATCH_BYTES: Final = 50_000
"""So that the night has several batches."""
LINK_MOVES: Final = ".current.link current.duckdb"
"""How the moment ends in which readers get the night: before it they see yesterday, behind it all of the night."""
COMMAND: Final = Path(sys.executable).with_name("mustawda")


STAGES: Final = {
    "staging": "staging/*",
    "digested": "staging/*/batch=0001/word.parquet",
    "copied": "staging/*/warehouse.duckdb",
    "loading": "staging/*/revision.parquet",
    "published": "versions/*",
}
"""What lies in the warehouse when a run has come so far."""


class Scene:
    """A published warehouse and a night that is due: it can be set up again after each recovery."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, Place(root / "warehouse")
        self.night = a_night(root, batch_bytes=BATCH_BYTES)
        random = Random(7)
        known = [new_article(random, f"known-{number}") for number in range(8)]
        land(root / "landing", date(2026, 11, 1), 40, seed=1)
        write(root / "landing", "jsonl", date(2026, 11, 1), "known", known)
        run_night(self.night)
        land(root / "landing", date(2026, 11, 2), 40, seed=2)
        write(root / "landing", "jsonl", date(2026, 11, 2), "again", [revised(random, one) for one in known])
        write(root / "landing", "joined", date(2026, 11, 2), "empty", [known[0]])
        (root / "landing/almasar/2026-11-02/empty.txt").write_bytes(b"")
        shutil.copytree(self.place.root, root / "before", symlinks=True)
        self.before = fingerprint(self.place.published())
        started = time.monotonic()
        undisturbed = live(self.night)
        self.seconds = time.monotonic() - started
        assert undisturbed.outcome == "published"
        self.moments = undisturbed.moments
        self.undisturbed: Content = all_of(self.place.published())
        self.set_up()

    def set_up(self) -> None:
        for path in self.place.root.iterdir():
            if path.name != "prefect":  # its first start costs many seconds
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        shutil.copytree(self.root / "before", self.place.root, symlinks=True, dirs_exist_ok=True)

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
    moments = [number * len(scene.moments) // KILLS_AT_MOMENTS for number in range(KILLS_AT_MOMENTS)]
    Random(1).shuffle(moments)
    published = 0

    for number, moment in enumerate(moments, 1):
        life = live(scene.night, last=moment)
        assert life.was_killed
        *before, last = life.moments
        is_published = scene.published_the_night()
        assert is_published == any(name.endswith(LINK_MOVES) for name in before), last
        published += is_published
        if is_published or number % KILLS_TO_A_RECOVERY == 0:
            scene.recover()
    scene.recover()

    assert 0 < published < KILLS_AT_MOMENTS // 2


@pytest.mark.slow
def test_a_night_killed_from_outside_leaves_yesterday_or_the_whole_night(scene):
    random, ends = Random(2), Counter()

    for number in range(1, KILLS_BY_CLOCK + 1):
        ends[live(scene.night, seconds=random.uniform(0, scene.seconds)).was_killed] += 1
        if scene.published_the_night() or number % KILLS_TO_A_RECOVERY == 0:
            scene.recover()
    scene.recover()

    assert ends[True] > KILLS_BY_CLOCK // 2


@pytest.mark.slow
def test_the_command_killed_at_each_stage_is_made_up_for_and_leaves_no_process(scene):
    for stage, pattern in STAGES.items():
        known = set(scene.place.root.glob(pattern))
        command = mustawda_run(scene)
        try:
            wait_for(command, lambda pattern=pattern, known=known: set(scene.place.root.glob(pattern)) - known)
        finally:
            os.kill(command.pid, signal.SIGKILL)
            command.wait(PATIENCE)
        assert command.returncode == -signal.SIGKILL, stage
        wait_for(None, lambda pid=command.pid: not processes_of(pid))
        scene.recover()

    command = mustawda_run(scene)
    assert command.wait(PATIENCE) == 0
    assert all_of(scene.place.published()) == scene.undisturbed
    wait_for(None, lambda: not processes_of(command.pid))


def mustawda_run(scene: Scene) -> subprocess.Popen:
    """The real command, in a process group of its own, with nothing of this machine's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MUSTAWDA_", "PREFECT_"))}
    given = {"MUSTAWDA_BATCH_BYTES": str(BATCH_BYTES), "MUSTAWDA_CACHE": os.environ["MUSTAWDA_CACHE"]}
    folders = {"--landing": "landing", "--warehouse": "warehouse"}
    options = [word for name, folder in folders.items() for word in (name, str(scene.root / folder))]
    return subprocess.Popen(
        [COMMAND, "run", *options, "--sources", SOURCES],
        env={**environment, **given, "HOME": str(scene.root)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen | None, comes: Callable[[], object]) -> None:
    """Until it comes, or the process ends by itself."""
    end = time.monotonic() + PATIENCE
    while not comes():
        assert process is None or process.poll() is None, "the command ended before its stage came"
        assert time.monotonic() < end, "it never came"
        time.sleep(0.001)


def processes_of(group: int) -> list[int]:
    """The living processes of a group."""
    living = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, told_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if int(told_group) == group and state != "Z":
            living.append(int(folder.name))
    return living
