from pathlib import Path

import pytest

from transforms.lexicon import version


@pytest.fixture
def code(tmp_path, monkeypatch) -> Path:
    """A lexicon of one file, one table and one rule of spelling."""
    for name in ("lexicon/lexemes.py", "knowledge/verbs.csv", "normalize.py", "words.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(version, "_TRANSFORMS", tmp_path)
    return tmp_path


def told() -> str:
    return version.lexicon_version.__wrapped__()


@pytest.mark.usefixtures("code")
def test_the_version_is_the_same_for_the_same_lexicon():
    assert told() == told()
    assert len(told()) == 16


@pytest.mark.parametrize("name", ["lexicon/lexemes.py", "knowledge/verbs.csv", "normalize.py", "words.py"])
def test_code_knowledge_and_spelling_rules_are_the_version(code, name):
    before = told()
    (code / name).write_text("changed")

    assert told() != before


@pytest.mark.usefixtures("code")
def test_the_data_of_the_packages_is_the_version(monkeypatch):
    before = told()
    monkeypatch.setattr(version, "version", lambda _: "99")

    assert told() != before


def test_other_code_is_not_the_version(code):
    before = told()
    (code / "cleaning.py").write_text("changed")

    assert told() == before
