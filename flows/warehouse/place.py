"""Where a warehouse keeps what below its folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.trouble import Trouble

SQL: Final = Path(__file__).parents[2] / "sql"
"""The SQL of the house: 1_tables, 2_load, 3_marts, 4_checks, 5_questions."""


class NoWarehouse(Trouble):
    """There is no published warehouse, or its folder can't be used; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """The folder of a warehouse."""

    root: Path

    @property
    def current(self) -> Path:
        """The link that readers open: it points to the published version."""
        return self.root / "current.duckdb"

    @property
    def versions(self) -> Path:
        """One read-only file for each published load."""
        return self.root / "versions"

    @property
    def staging(self) -> Path:
        """Frames and the private copy of a run, a folder for each."""
        return self.root / "staging"

    @property
    def lock(self) -> Path:
        """Held by the run that is alive."""
        return self.root / "run.lock"

    @property
    def pin(self) -> Path:
        """Holds the name of the version that a rollback pinned."""
        return self.root / "pinned"

    @property
    def runs(self) -> Path:
        """One line for each run, also those that published nothing."""
        return self.root / "runs.jsonl"

    def prepare(self) -> None:
        """Makes the folders. Raises NoWarehouse where that is not allowed."""
        if "?" in str(self.root.absolute()):
            raise NoWarehouse(f"DuckDB takes no path with «?» ({self.root}); name another folder with --warehouse")
        try:
            for folder in (self.versions, self.staging):
                folder.mkdir(parents=True, exist_ok=True)
            self.lock.touch()
        except OSError as error:
            raise NoWarehouse(
                f"the warehouse folder {self.root} can't be written ({error.strerror}); "
                "give the job the right to write there or name another with --warehouse"
            ) from error

    def published(self) -> Path:
        """The file of the published version. Raises NoWarehouse where there is none."""
        if not self.current.exists():
            raise NoWarehouse(f"no warehouse is published in {self.root}; run «mustawda run» first")
        return self.current.resolve()
