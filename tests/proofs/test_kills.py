"""kill -9 at every moment of a night: what is published stays whole, and the next run makes up for the dead one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from flows.warehouse.content import Content
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, all_of, broken_claims, fingerprint, is_tidy
from tests.proofs.landing import SOURCES, land, revised, write
from tests.proofs.landing import article as new_article
from tests.proofs.moments import PATIENCE, Moment, live

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
        if not (root / "landing").exists():
            self._land()
        self.before = fingerprint(self.place.published())
        started = time.monotonic()
        undisturbed = live(self.night)
        self.seconds = time.monotonic() - started
        assert undisturbed.outcome == "published"
        self.moments = undisturbed.moments
        self.undisturbed: Content = all_of(self.place.published())
        self.set_up()

    def _land(self) -> None:
        """A published night, and one that is due, with revisions and a bad file."""
        landing, random = self.root / "landing", Random(7)
        known = [new_article(random, f"known-{number}") for number in range(8)]
        land(landing, date(2026, 11, 1), 40, seed=1)
        write(landing, "jsonl", date(2026, 11, 1), "known", known)
        assert live(self.night).outcome == "published"
        land(landing, date(2026, 11, 2), 40, seed=2)
        write(landing, "jsonl", date(2026, 11, 2), "again", [revised(random, one) for one in known])
        (landing / "almasar/2026-11-02/empty.txt").write_bytes(b"")
        shutil.copytree(self.place.root, self.root / "before", symlinks=True)

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
        assert live(self.night).outcome == outcome
        assert all_of(self.place.published()) == self.undisturbed
        assert broken_claims(self.place.published()) == []
        assert len(list(self.place.versions.iterdir())) == 2
        assert is_tidy(self.place)
        self.set_up()


@pytest.fixture(scope="module")
def scenes(tmp_path_factory) -> list[Scene]:
    """The same scene twice, for two lanes of kills side by side."""
    root = tmp_path_factory.mktemp("kills")
    first = Scene(root / "a")
    shutil.copytree(first.root, root / "b", symlinks=True)
    return [first, Scene(root / "b")]


def in_lanes(scenes: list[Scene], kill: Callable[[Scene, Any], bool], kills: list[Any]) -> list[bool]:
    """What `kill` tells of each kill, in lanes; every few kills, and at the end, the warehouse has to recover."""

    def lane(scene: Scene, share: list[Any]) -> list[bool]:
        told = []
        for number, one in enumerate(share, 1):
            told.append(kill(scene, one))
            if number % KILLS_TO_A_RECOVERY == 0 or number == len(share):
                scene.recover()
            elif scene.published_the_night():
                scene.set_up()
        return told

    with ThreadPoolExecutor(len(scenes)) as pool:
        lanes = [pool.submit(lane, scene, kills[at :: len(scenes)]) for at, scene in enumerate(scenes)]
        return [one for done in lanes for one in done.result()]


@pytest.mark.slow
def test_a_night_killed_at_any_moment_leaves_yesterday_or_the_whole_night(scenes):
    moments = scenes[0].moments
    assert len(set(moments)) == len(moments) < KILLS_AT_MOMENTS
    random = Random(1)
    kills = [*moments, *random.choices(moments, k=KILLS_AT_MOMENTS - len(moments))]
    random.shuffle(kills)

    def kill(scene: Scene, moment: Moment) -> bool:
        life = live(scene.night, last=moment)
        assert life.was_killed
        *before, last = life.moments
        is_published = scene.published_the_night()
        assert is_published == any(name.endswith(LINK_MOVES) for name, _ in before), last
        return is_published

    published = in_lanes(scenes, kill, kills)

    assert len(published) == KILLS_AT_MOMENTS
    assert 0 < sum(published) < KILLS_AT_MOMENTS // 2


@pytest.mark.slow
def test_a_night_killed_from_outside_leaves_yesterday_or_the_whole_night(scenes):
    random = Random(2)
    delays = [random.uniform(0, max(scene.seconds for scene in scenes)) for _ in range(KILLS_BY_CLOCK)]

    was_killed = in_lanes(scenes, lambda scene, delay: live(scene.night, seconds=delay).was_killed, delays)

    assert sum(was_killed) > KILLS_BY_CLOCK // 2


@pytest.mark.slow
def test_the_command_killed_at_each_stage_is_made_up_for_and_leaves_no_process(scenes):
    scene = scenes[0]
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
