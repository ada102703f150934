"""A Prefect server, a worker and a webhook receiver for the session; a folder of news for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from flows.logs import PREFECT_IN_JSON
from tests.schedule.parts import BIN, HOUSE, Api, Part, Receiver, command, environment, free_port, next_minute, wait_for

ZONE = "Asia/Riyadh"
ISLAND = "Pacific/Kiritimati"  # 14 hours before UTC


@dataclass
class Net:
    """Everything that runs for the tests of a worker."""

    api: Api
    env: dict[str, str]
    folder: Path
    worker: Part
    receiver: Receiver
    due: datetime  # when the deployment's own schedule fires
    deployments: list[dict[str, Any]]  # as the API knew it after each «mustawda deploy»

    def start_worker(self) -> None:
        start = [BIN / "prefect", "worker", "start", "--pool", "mustawda", "--name", "tests"]
        self.worker = Part(start, self.env, self.folder / "worker.log", cwd=self.folder)


@dataclass
class News:
    """Landing, warehouse and sources of one test."""

    root: Path

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "landing": [str(self.root / "landing")],
            "warehouse": str(self.root / "warehouse"),
            "sources": str(self.root / "sources.toml"),
        }

    @property
    def options(self) -> list[str]:
        given = self.parameters
        return ["--landing", given["landing"][0], "--warehouse", given["warehouse"], "--sources", given["sources"]]

    def versions(self) -> list[str]:
        return sorted(version.stem for version in (self.root / "warehouse" / "versions").glob("*.duckdb"))


def news(root: Path) -> News:
    shutil.copytree(HOUSE / "data" / "landing" / "almasar" / "2026-11-18", root / "landing" / "almasar" / "2026-11-18")
    return News(root)


@pytest.fixture
def own_news(tmp_path: Path) -> News:
    return news(tmp_path)


@pytest.fixture(scope="session")
def first_news(tmp_path_factory: pytest.TempPathFactory) -> News:
    return news(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def net(tmp_path_factory: pytest.TempPathFactory, first_news: News) -> Iterator[Net]:
    """Server, worker and the deployment, deployed twice, whose schedule fires in a minute or two."""
    folder = tmp_path_factory.mktemp("net")
    port = free_port()
    api = Api(f"http://127.0.0.1:{port}/api")
    with Receiver() as receiver:
        in_json = {"MUSTAWDA_LOG_FORMAT": "json", "PREFECT_LOGGING_SETTINGS_PATH": str(PREFECT_IN_JSON)}
        env = environment(folder, PREFECT_API_URL=api.url, MUSTAWDA_WEBHOOK=receiver.url, **in_json)
        start = [BIN / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        server = Part(start, env, folder / "server.log", cwd=folder)
        try:
            wait_for(api.is_up, 90, server.said)
            deployments = [_deploy(api, env, first_news, cron="0 0 29 2 *")]
            due, cron = next_minute(ZONE, at_least=30)
            deployments.append(_deploy(api, env, first_news, cron))
            made = Net(api, env, folder, server, receiver, due, deployments)
            made.start_worker()
            yield made
            made.worker.stop()
        finally:
            server.stop()


def _deploy(api: Api, env: dict[str, str], given: News, cron: str) -> dict[str, Any]:
    done = command(env, "deploy", *given.options, "--cron", cron, "--timezone", ZONE)
    assert done.returncode == 0, done.stderr
    return {**api.deployment(), "told": done.stdout, "automations": api.post("automations/filter", {})}


@dataclass
class Serving:
    """A «mustawda serve» on its own, whose schedule fires in a minute or two."""

    news: News
    env: dict[str, str]
    api: Api
    part: Part
    start: list[str | Path]
    due: datetime

    def restart(self) -> None:
        self.part = Part(self.start, self.env, self.part.log)


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serving")
    given = news(folder)
    env = environment(folder)
    del env["PREFECT_HOME"]  # its history belongs into the folder of the warehouse
    port = free_port()
    due, cron = next_minute(ISLAND, at_least=60)
    start = [BIN / "mustawda", "serve", *given.options, "--cron", cron, "--timezone", ISLAND, "--port", str(port)]
    made = Serving(given, env, Api(f"http://127.0.0.1:{port}/api"), Part(start, env, folder / "serve.log"), start, due)
    yield made
    made.part.stop()
