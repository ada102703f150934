"""Real parts on loopback: processes that a test starts and ends by their own pids, Prefect's API, a webhook."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx

HOUSE = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
Seen = TypeVar("Seen")
ENDED = ("Completed", "Failed", "Crashed", "Cancelled", "TimedOut")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of this machine's settings, a home of its own, and waits as short as Prefect allows."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MUSTAWDA_", "PREFECT_"))}
    return {
        **kept,
        "HOME": str(home),
        "MUSTAWDA_CACHE": os.environ["MUSTAWDA_CACHE"],
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "4",
        **more,
    }


class Part:
    """A process in a session of its own; what it writes goes to a file."""

    def __init__(self, command: list[str | Path], env: dict[str, str], log: Path, cwd: Path = HOUSE, **options: Any):
        self.log = log
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True, **options,
            )  # fmt: skip

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self, seconds: float = 20) -> int:
        """Asks it to end, as systemd does: the process alone first; what then still lives of its session is killed."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self._kill_session()
        return self.process.wait(10)

    def kill(self) -> None:
        """kill -9 of the process alone: its children live on."""
        self.process.kill()
        self.process.wait(10)

    def cut_power(self, *more: int) -> None:
        """kill -9 of the whole session, and of more processes that it started."""
        for pid in more:
            os.kill(pid, signal.SIGKILL)
        self._kill_session()
        self.process.wait(10)

    def _kill_session(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def wait_for(what: Callable[[], Seen | None], seconds: float, told: Callable[[], str] = str) -> Seen:
    """What the call gives as soon as it gives something; fails after so many seconds, with what was told meanwhile."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if seen := what():
            return seen
        time.sleep(0.5)
    raise AssertionError(f"nothing within {seconds} s\n{told()[-4000:]}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def next_minute(time_zone: str, at_least: float) -> tuple[datetime, str]:
    """(instant, its cron line) of the first full minute that is at least so many seconds away."""
    due = (datetime.now(UTC) + timedelta(seconds=at_least + 60)).replace(second=0, microsecond=0)
    local = due.astimezone(ZoneInfo(time_zone))
    return due, f"{local.minute} {local.hour} * * *"


def command(env: dict[str, str], *arguments: str | Path, cwd: Path = HOUSE) -> subprocess.CompletedProcess[str]:
    """The `mustawda` command, from its beginning to its end."""
    return subprocess.run(
        [str(BIN / "mustawda"), *map(str, arguments)],
        cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=180, check=False,
    )  # fmt: skip


@dataclass
class Api:
    """Prefect's API, asked without Prefect."""

    url: str
    deployment_name: str = "nightly/night"

    def is_up(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def get(self, path: str) -> Any:
        return self._ask("GET", path)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", path, json=body)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        """The answer; a 503, the server's database being busy, is asked again, as Prefect's own client does."""
        for pause in (0, 0.5, 1, 2, 4, 8):
            time.sleep(pause)
            answer = httpx.request(method, f"{self.url}/{path}", timeout=20, **body)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
        return answer.raise_for_status().json()

    def deployment(self) -> dict[str, Any]:
        return self.get(f"deployments/name/{self.deployment_name}")

    def runs(self) -> list[dict[str, Any]]:
        """Every run that is not merely planned, in the order of their schedule."""
        body = {"sort": "EXPECTED_START_TIME_ASC", "flow_runs": {"expected_start_time": {"before_": _soon()}}}
        return self.post("flow_runs/filter", body)

    def order(self, scheduled: datetime, parameters: dict[str, Any]) -> str:
        """A run of the deployment for an instant, as the scheduler makes it; returns its id."""
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": scheduled.isoformat()}}
        body = {"state": state, "parameters": parameters}
        return str(self.post(f"deployments/{self.deployment()['id']}/create_flow_run", body)["id"])

    def run(self, id: str) -> dict[str, Any]:
        return self.get(f"flow_runs/{id}")

    def is_alive(self, id: str) -> bool:
        """Whether a run has shown a first sign of life."""
        return any(id in str(beat["resource"]) for beat in self.events("prefect.flow-run.heartbeat"))

    def reaches(self, id: str, *states: str) -> Callable[[], dict[str, Any] | None]:
        """A call that gives the run once it is in one of these states."""

        def look() -> dict[str, Any] | None:
            run = self.run(id)
            return run if run["state_name"] in states else None

        return look

    def artifacts(self, id: str) -> dict[str, dict[str, Any]]:
        """What a run left, by key."""
        found = self.post("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [id]}}})
        return {artifact["key"]: artifact for artifact in found}

    def events(self, name: str) -> list[dict[str, Any]]:
        return self.post("events/filter", {"filter": {"event": {"name": [name]}}})["events"]


def _soon() -> str:
    return (datetime.now(UTC) + timedelta(seconds=90)).isoformat()


@dataclass
class Receiver:
    """A webhook: keeps every JSON body that is posted to it."""

    got: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> "Receiver":
        got = self.got

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                got.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/notice"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Gate:
    """A sources.toml that keeps a night waiting at its beginning: reading it blocks until the gate opens."""

    def __init__(self, path: Path):
        self.path = path
        os.mkfifo(path)

    def open(self) -> None:
        """Lets the night that waits go on; who comes later finds a plain file."""
        writer = os.open(self.path, os.O_WRONLY)  # waits for the reader
        self.path.unlink()
        self.path.write_text("", encoding="utf-8")
        os.close(writer)
