import json

import pytest
from typer.testing import CliRunner

from flows.cli import app


def told(*arguments: str):
    return CliRunner().invoke(app, ["word", *arguments])


def test_the_choice_is_shown_first_without_a_warehouse(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    rows = json.loads(told("وبالكتاب", "--format", "json").stdout)

    assert rows[0] | {"cut_score": 0, "reading_score": 0} == {
        "is_chosen": True,
        "proclitics": "و+ب",
        "stem": "الكتاب",
        "enclitics": "",
        "lemma": "كتاب",
        "pos": "noun",
        "root": "كتب",
        "rule": "listed",
        "cut_score": 0,
        "reading_score": 0,
    }
    assert not any(row["is_chosen"] for row in rows[1:])


@pytest.mark.parametrize("word", ["", "BBC", "كتاب جديد", "،"])
def test_what_is_no_arabic_word_is_wrong_usage(word):
    result = told(word)

    assert result.exit_code == 2
    assert "no Arabic word" in result.stderr
