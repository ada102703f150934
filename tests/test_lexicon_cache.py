import os
from pathlib import Path

import polars as pl
import pytest

from flows import lexicon_cache
from flows.lexicon_cache import warm
from flows.settings import Settings
from transforms.lexicon import tables


class Builder:
    """A table that notes how often it was built."""

    def __init__(self):
        self.calls = 0

    def __call__(self) -> pl.DataFrame:
        self.calls += 1
        return pl.DataFrame({"word": ["كتاب"]})

    __module__ = "words"
    __name__ = "numbers"


@pytest.fixture
def build(monkeypatch) -> Builder:
    """The one table of a lexicon of version 00…01, not built yet."""
    for name in ("_KEPT", "_FINISHED", "_SCAFFOLD"):
        monkeypatch.setattr(tables, name, {})
    monkeypatch.setattr(lexicon_cache, "lexicon_version", lambda: f"{1:016x}")
    tables.kept(builder := Builder())
    return builder


def a_new_process(monkeypatch, builder: Builder) -> None:
    """The table is in no one's memory any more."""
    monkeypatch.setattr(tables, "_FINISHED", {})
    monkeypatch.setattr(tables, "_KEPT", {})
    tables.kept(builder)


def cached(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.parquet"))


FILE = f"{1:016x}/{Builder.__module__}.numbers.parquet"


def test_the_tables_are_built_once_for_all_processes(build, tmp_path, monkeypatch):
    warm(tmp_path / "lexicon")
    assert cached(tmp_path / "lexicon") == [FILE]

    a_new_process(monkeypatch, build)
    warm(tmp_path / "lexicon")

    assert build.calls == 1
    assert tables.built()[f"{Builder.__module__}.numbers"]["word"].to_list() == ["كتاب"]


@pytest.mark.parametrize("damage", ["no rows", "half a file", "no file", "another file"])
def test_a_broken_cache_is_built_anew(build, tmp_path, monkeypatch, damage):
    warm(tmp_path)
    file = tmp_path / FILE
    if damage == "no file":
        file.unlink()
    else:
        broken = {"no rows": b"", "half a file": file.read_bytes()[:50], "another file": b"PAR1 no, text"}
        file.write_bytes(broken[damage])

    a_new_process(monkeypatch, build)
    warm(tmp_path)
    a_new_process(monkeypatch, build)
    warm(tmp_path)

    assert build.calls == 2
    assert cached(tmp_path) == [FILE]


def test_tables_in_memory_are_written_where_no_cache_is(build, tmp_path):
    tables.built()

    warm(tmp_path)
    warm(tmp_path)

    assert build.calls == 1
    assert cached(tmp_path) == [FILE]


@pytest.mark.usefixtures("build")
def test_tables_of_other_versions_go_and_nothing_else(tmp_path):
    for name in (f"{2:016x}", "building-abc", "photos", "0123"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").touch()

    warm(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{1:016x}", "0123", "photos"]


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("folder", ["/proc/nowhere", "file/below"])
def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path, folder):
    (tmp_path / "file").touch()

    warm(tmp_path / folder)

    assert tables.are_ready()


def test_the_cache_is_in_the_folder_of_xdg(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTAWDA_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert Settings().cache == tmp_path / ".cache" / "mustawda"

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert Settings().cache == tmp_path / "elsewhere" / "mustawda"

    monkeypatch.setenv("MUSTAWDA_CACHE", "here")
    assert Settings().cache == Path("here")


def test_without_a_home_the_cache_is_in_the_warehouse(monkeypatch, tmp_path):
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("MUSTAWDA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", unknown)

    assert Settings(warehouse=tmp_path).cache == tmp_path / ".cache"
    assert os.environ.get("MUSTAWDA_CACHE") is None
