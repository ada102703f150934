"""The file system behind the address of a landing, and how it wants to be read."""

import logging
import os
import re
from typing import Any, Final

import fsspec

from flows.landing.addresses import public
from flows.landing.file import MissingLanding
from flows.landing.patience import named
from flows.landing.web import Web

EXTRAS: Final = {
    "s3": "s3", "s3a": "s3", "sftp": "sftp", "ssh": "sftp", "gs": "gs", "gcs": "gs",
    "az": "az", "abfs": "az", "abfss": "az",
}  # fmt: skip
"""What to install for which kind of address; local folders and http(s) need nothing more."""

THREADS: Final = {"s3": 16, "gs": 16, "abfs": 16, "http": 16, "sftp": 4}
"""How many files are asked for at once. Local files are read one after the other: threads were slower."""

_GROWS: Final = {"sftp": 5, "http": 5}
"""Seconds that a file must have rested where writers write in place. Objects of a store appear whole."""

_OWN: Final[dict[str, Any]] = {"skip_instance_cache": True}
"""Nothing of an earlier night: neither its listings nor its credentials."""

_S3: Final[dict[str, Any]] = _OWN | {
    "config_kwargs": {"connect_timeout": 10, "read_timeout": 30, "retries": {"total_max_attempts": 1}}
}
"""Tries are counted by us, in one place."""


_TALKATIVE: Final = {
    "httpx": logging.WARNING, "httpcore": logging.WARNING, "botocore": logging.WARNING, "aiobotocore": logging.WARNING,
    "s3fs": logging.WARNING, "fsspec": logging.WARNING, "paramiko": logging.CRITICAL,
}  # fmt: skip
"""Libraries that log addresses with their secrets, or failures that we tell ourselves, and from which level on not."""


def store(landing: str) -> tuple[Any, str]:
    """(file system, path in it) of a landing. Raises MissingLanding where its kind needs something more."""
    kind = kind_of_address(landing)
    for name, level in _TALKATIVE.items():
        logging.getLogger(name).setLevel(level)
    if kind in ("http", "https"):
        return Web(), landing
    try:
        if kind in ("sftp", "ssh"):
            from flows.landing.sftp import Sessions  # needs the extra

            return Sessions(landing), fsspec.core.strip_protocol(landing)
        if kind == "file":  # its path may hold «::», which chains addresses elsewhere
            local = fsspec.filesystem("file")
            return local, local._strip_protocol(landing)
        if EXTRAS.get(kind) == "gs":  # each look-up would ask by gRPC for the kind of the bucket first
            os.environ.setdefault("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
        filesystem, path = fsspec.url_to_fs(landing, **{"s3": _S3, None: {}}.get(EXTRAS.get(kind), _OWN))
    except ImportError as error:
        raise MissingLanding(_what_to_install(landing, kind, error)) from error
    except ValueError as error:
        raise MissingLanding(f"the landing {public(landing)} can't be opened: {named(error)}") from error
    if EXTRAS.get(kind) == "s3":
        filesystem.retries = 1
    return filesystem, path


def kind_of_address(landing: str) -> str:
    """The part before ://, «file» for a plain path."""
    scheme = re.match(r"([a-z][a-z0-9+.-]*)(?:://|::)", landing)
    return scheme[1] if scheme else "file"


def kind_of(filesystem: Any) -> str:
    """The first name of a file system's protocol."""
    protocol = filesystem.protocol
    return str(protocol if isinstance(protocol, str) else protocol[0])


def is_local(filesystem: Any) -> bool:
    """Whether the files lie on this machine."""
    return kind_of(filesystem) in ("file", "local", "memory")


def threads(filesystem: Any) -> int:
    """How many threads may read the file system at once."""
    return THREADS.get(kind_of(filesystem), 1)


def usual_rest(filesystem: Any) -> int:
    """The seconds that a file must have rested before it is read, where no setting tells."""
    return _GROWS.get(kind_of(filesystem), 0)


def _what_to_install(landing: str, kind: str, error: ImportError) -> str:
    extra = EXTRAS.get(kind)
    how = f"type «.venv/bin/pip install -c constraints.txt -e '.[{extra}]'»" if extra else str(error)
    return f"the landing {public(landing)} needs a package that is not installed: {how}"
