"""Prefect for a command: the API that is configured, else the one of «mustawda serve», else a quiet server of its own.

Prefect's own ephemeral server is a second process: it costs twice the time, prints at shutdown, loses the last
states of tasks, and outlives a killed run. A server in a thread does none of that and ends with the run.
"""

import fcntl
import gc
import logging
import os
import socket
import tempfile
import threading
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flows.logs import PREFECT_IN_JSON, is_json
from flows.trouble import Trouble

if TYPE_CHECKING:
    import uvicorn

_QUIET: Final = {
    "DO_NOT_TRACK": "1",  # the client's analytics and its first-run notice
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # the server's report to its makers
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",  # uvicorn and fastapi write to the terminal by themselves
    "PREFECT_LOGGING_EXTRA_LOGGERS": "mustawda",  # our lines are shown in Prefect's UI too
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # … and may be written outside of a flow
}
_LOCAL: Final = {"PREFECT_SERVER_EPHEMERAL_ENABLED": "false"}  # no second server beside ours
_ONE_RUN: Final = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "1000",  # by ones, states are lost when the run ends
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",  # halves the cost of a task
}
_LOUD: Final = ("prefect", "docket", "alembic", "websockets", "EventsWorker", "APILogWorker")
_START_SECONDS: Final = 60.0
_ANSWER_SECONDS: Final = 3.0


@contextmanager
def prefect_api(home: Path) -> Iterator[str]:
    """The address of the API: the configured or served one, else that of a server that keeps its history in `home`.

    Must be entered before anything else imports prefect, and once a process. Raises Trouble.
    """
    if url := known_api(home):
        yield url
        return
    with _server(home, 0, _ONE_RUN) as url:
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its thread ends on whole seconds
            yield url


def known_api(home: Path) -> str | None:
    """The address of the configured API, else of the «mustawda serve» that keeps its history in `home`, else None."""
    _import_quietly(home)
    from prefect.settings import get_current_settings

    if url := get_current_settings().api.url:
        return str(url)
    noted = home / "api.url"
    served = noted.read_text(encoding="utf-8") if noted.exists() else ""
    if not is_up(served):
        return None
    _use(served)
    return served


@contextmanager
def served_api(home: Path, port: int) -> Iterator[str]:
    """The address of the configured API, else of a whole server on this port, UI and all, which lives as long as we do.

    Raises Trouble.
    """
    if url := known_api(home):
        yield url
        return
    with _server(home, port, {}) as url:
        noted = home / "api.url"
        noted.write_text(url, encoding="utf-8")
        try:
            yield url
        finally:
            noted.unlink(missing_ok=True)


def is_up(url: str) -> bool:
    """Whether an API answers at this address."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=_ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _use(url: str) -> None:
    """Makes this the API of the process, for every thread, and of the processes it starts."""
    from prefect.context import refresh_global_settings_context

    os.environ["PREFECT_API_URL"] = url
    refresh_global_settings_context()


def _import_quietly(home: Path) -> None:
    """Imports Prefect with its records going to a file in `home` instead of the terminal."""
    in_json = {"PREFECT_LOGGING_SETTINGS_PATH": str(PREFECT_IN_JSON)} if is_json() else {}
    for name, value in (_QUIET | in_json).items():
        os.environ.setdefault(name, value)
    try:
        Path.home()
    except RuntimeError:  # cron without HOME: the import would fail
        os.environ["HOME"] = tempfile.gettempdir()
        os.environ.setdefault("XDG_CACHE_HOME", str(home.absolute()))  # where nobody else may write
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import prefect  # noqa: F401  # it sets up its logging once, at import
    home.mkdir(parents=True, exist_ok=True)
    to_file = logging.FileHandler(home / "prefect.log", delay=True)
    to_file.setLevel(logging.WARNING)
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in _LOUD:
        logger = logging.getLogger(name)
        logger.addHandler(to_file)
        logger.propagate = False


@contextmanager
def _server(home: Path, port: int, options: dict[str, str]) -> Iterator[str]:
    """A server in a thread of this process on a port of the loopback; with port 0 on a free one, without UI."""
    os.environ.setdefault("PREFECT_HOME", str(home.absolute()))
    if "%" in (folder := os.environ["PREFECT_HOME"]):  # Prefect does not quote the path of its database
        address = f"sqlite+aiosqlite:///{quote(folder)}/prefect.db"
        os.environ.setdefault("PREFECT_SERVER_DATABASE_CONNECTION_URL", address)
    for name, value in (_LOCAL | options).items():
        os.environ.setdefault(name, value)
    with _listener(port) as listener:
        _use(f"http://127.0.0.1:{listener.getsockname()[1]}/api")
        import uvicorn
        from prefect.events.worker import EventsWorker
        from prefect.logging.handlers import APILogWorker
        from prefect.server.api.server import create_app

        app = create_app(ephemeral=port == 0, final=True)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        thread = threading.Thread(target=server.run, args=([listener],), name="prefect", daemon=True)
        with (home / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two first runs must not migrate the database at once
            thread.start()
            _wait_for(server, thread, home)
        try:
            yield os.environ["PREFECT_API_URL"]
        finally:
            EventsWorker.drain_all(timeout=5)  # states and artifacts reach the server before it stops
            APILogWorker.drain_all(timeout=5)
            server.should_exit = True
            thread.join(timeout=10)
            gc.freeze()  # spares the interpreter a last collection of a second


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise Trouble(
            f"port {port} of this machine is taken ({error.strerror}): if a Prefect server runs there, name it with "
            f"PREFECT_API_URL=http://127.0.0.1:{port}/api, else choose another --port"
        ) from error


def _wait_for(server: "uvicorn.Server", thread: threading.Thread, home: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise Trouble(f"Prefect's local server did not start; see {home / 'prefect.log'}")
        time.sleep(0.02)
