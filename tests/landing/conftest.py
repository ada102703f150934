"""A landing of real files, and what reading it gives."""

from pathlib import Path

import pytest

from flows.landing.discover import discover
from flows.landing.read import Reading, read
from flows.landing.sources import Source, Sources


@pytest.fixture
def landing(tmp_path: Path):
    """Writes files into tmp_path/landing: landing({"path": bytes or text}) -> its path."""

    def write(files: dict[str, bytes | str]) -> str:
        for name, content in files.items():
            path = tmp_path / "landing" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(tmp_path / "landing")

    return write


@pytest.fixture
def read_files(landing):
    """Reads files as a night does: read_files({"path": content}, source entries…) -> Reading."""

    def run(files: dict[str, bytes | str], *entries: dict) -> Reading:
        sources = Sources(source=tuple(Source.model_validate(entry) for entry in entries))
        return read(discover([landing(files)]), sources)

    return run
