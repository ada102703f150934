"""Prefect for a command: the API that is configured, else a quiet server inside this process.

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
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

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
_LOCAL: Final = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # no second server beside ours
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "1000",  # by ones, states are lost when the run ends
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",  # halves the cost of a task
}
_LOUD: Final = ("prefect", "docket", "alembic", "websockets", "EventsWorker", "APILogWorker")
_START_SECONDS: Final = 60.0


@contextmanager
def prefect_api(home: Path) -> Iterator[str]:
    """The address of the API: the configured one, else that of a server that keeps its history in `home`.

    Must be entered before anything else imports prefect, and once a process. Raises Trouble.
    """
    _import_quietly(home)
    from prefect.settings import get_current_settings

    if url := get_current_settings().api.url:
        yield url
        return
    with ExitStack() as stack:
        yield stack.enter_context(_local_server(home))


def _import_quietly(home: Path) -> None:
    """Imports Prefect with its records going to a file in `home` instead of the terminal."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        Path.home()
    except RuntimeError:  # cron without HOME: the import would fail
        os.environ["HOME"] = tempfile.gettempdir()
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
def _local_server(home: Path) -> Iterator[str]:
    """A server in a thread of this process, on a free port of the loopback."""
    os.environ.setdefault("PREFECT_HOME", str(home.absolute()))
    for name, value in _LOCAL.items():
        os.environ.setdefault(name, value)
    from prefect.context import refresh_global_settings_context

    refresh_global_settings_context()
    import uvicorn
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker
    from prefect.server.api.server import create_app
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(ephemeral=True, final=True), log_config=None, lifespan="on"))
        thread = threading.Thread(target=server.run, args=([listener],), name="prefect", daemon=True)
        with (home / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two first runs must not migrate the database at once
            thread.start()
            _wait_for(server, thread, home)
        os.environ["PREFECT_API_URL"] = url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        refresh_global_settings_context()  # for every thread
        try:
            with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its thread ends on whole seconds
                yield url
        finally:
            EventsWorker.drain_all(timeout=5)  # states and artifacts reach the server before it stops
            APILogWorker.drain_all(timeout=5)
            server.should_exit = True
            thread.join(timeout=10)
            gc.freeze()  # spares the interpreter a last collection of a second


def _wait_for(server: "uvicorn.Server", thread: threading.Thread, home: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise Trouble(f"Prefect's local server did not start; see {home / 'prefect.log'}")
        time.sleep(0.02)
