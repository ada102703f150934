"""A folder on an SFTP server, read through several sessions."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from flows.landing.patience import Refusal

_SECONDS: Final = 30
_REQUESTS_AHEAD: Final = 64
"""Pieces of 32 KB that are asked for before the first has come: else every piece costs a round trip."""


class _KnownHost(SFTPFileSystem):  # type: ignore[misc]
    """A session with a server whose key stands in ~/.ssh/known_hosts: no other one gets the password."""

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        limits = dict.fromkeys(("timeout", "banner_timeout", "auth_timeout"), _SECONDS)
        try:
            self.client.connect(self.host, **(limits | self.ssh_kwargs))
        except (paramiko.AuthenticationException, paramiko.BadHostKeyException) as error:
            raise Refusal(f"{type(error).__name__}: {error}") from error  # a second try might lock the account
        self.ftp = self.client.open_sftp()
        self.ftp.get_channel().settimeout(_SECONDS)


class Sessions:
    """The sessions with one server: a call takes one for itself, one that failed is not used again.

    User and password come from the address or the environment (FSSPEC_SFTP_USERNAME, FSSPEC_SFTP_PASSWORD,
    FSSPEC_SFTP_KEY_FILENAME), keys also from the agent and ~/.ssh.
    """

    protocol = "sftp"

    def __init__(self, landing: str) -> None:
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        self._options = SFTPFileSystem._get_kwargs_from_urls(landing)

    def __del__(self) -> None:
        while not self._idle.empty():
            self._idle.get_nowait().client.close()

    def ls(self, path: str) -> list[dict[str, Any]]:
        """What a folder holds. Raises OSError and errors of paramiko."""
        with self._session() as session:
            listed: list[dict[str, Any]] = session.ls(path, detail=True)
            return listed

    def info(self, path: str) -> dict[str, Any]:
        """What the server tells about a path. Raises FileNotFoundError and the like."""
        with self._session() as session:
            told: dict[str, Any] = session.info(path)
            return told

    def cat_file(self, path: str, start: int | None = None, end: int | None = None) -> bytes:
        """The bytes of a file from `start`, at most up to `end`."""
        with self._session() as session, session.open(path, "rb") as file:
            size = file.stat().st_size or 0
            last = size if end is None else min(end, size)
            file.prefetch(last, max_concurrent_requests=_REQUESTS_AHEAD)
            file.seek(start or 0)
            data: bytes = file.read(last - (start or 0))
            return data

    @contextmanager
    def _session(self) -> Iterator[Any]:
        try:
            session = self._idle.get_nowait()
        except queue.Empty:
            session = _KnownHost(**self._options, skip_instance_cache=True)
        try:
            yield session
        except (FileNotFoundError, PermissionError):
            self._idle.put(session)
            raise
        except BaseException:
            session.client.close()
            raise
        self._idle.put(session)
