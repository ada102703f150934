"""Connections to DuckDB, opened late and closed early."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

STORAGE_VERSION: Final = "v1.5.0"
_NO_DOWNLOADS: Final = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


@contextmanager
def write(file: Path, memory_limit: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that builds a private file; on leaving, everything is in the file and it is closed."""
    connection = duckdb.connect(
        file,
        config={
            **_NO_DOWNLOADS,
            "storage_compatibility_version": STORAGE_VERSION,
            "memory_limit": memory_limit,
            "temp_directory": str(file.parent / "spill"),
        },
    )
    try:
        # Longer texts than this are compressed by zstd: bodies and sentences shrink to a third.
        connection.execute("set zstd_min_string_length = 100")
        connection.execute("set global timezone = 'UTC'")
        yield connection
        connection.execute("checkpoint")
    finally:
        connection.close()


@contextmanager
def read(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that reaches neither other files nor the network."""
    connection = duckdb.connect(file, read_only=True, config={**_NO_DOWNLOADS, "enable_external_access": "false"})
    try:
        connection.execute("set global timezone = 'UTC'")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()


def attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Attaches another file read-only under a name of ours; the path of the file is quoted, as it can't be bound."""
    quoted = str(file).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {name} (read_only)")
