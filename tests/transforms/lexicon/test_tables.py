import threading
import time

import polars as pl
import pytest

from transforms.lexicon import lexemes, tables


@pytest.fixture
def shelf(monkeypatch):
    """No tables, and none finished."""
    for name in ("_KEPT", "_FINISHED", "_SCAFFOLD"):
        monkeypatch.setattr(tables, name, {})


def counting(value: int, calls: list[int]):
    def numbers() -> pl.DataFrame:
        calls.append(value)
        time.sleep(0.01)
        return pl.DataFrame({"value": [value]})

    return numbers


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("decorator", [tables.kept, tables.once])
def test_a_table_is_built_once_whoever_asks_at_the_same_time(decorator):
    calls = []
    table = decorator(counting(1, calls))

    askers = [threading.Thread(target=table) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert table()["value"].to_list() == [1]
    assert calls == [1]


@pytest.mark.usefixtures("shelf")
def test_a_table_that_failed_is_built_when_it_is_asked_for_again():
    answers = iter([RuntimeError("no room"), pl.DataFrame({"value": [2]})])

    @tables.kept
    def numbers() -> pl.DataFrame:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(RuntimeError, match="no room"):
        numbers()
    assert numbers()["value"].to_list() == [2]


@pytest.mark.usefixtures("shelf")
def test_what_was_built_can_be_handed_in():
    calls = []
    table = tables.kept(counting(1, calls))
    assert not tables.are_ready()

    tables.prime(dict.fromkeys(tables.names(), pl.DataFrame({"value": [7]})))

    assert tables.are_ready()
    assert table()["value"].to_list() == [7]
    assert list(tables.built()) == list(tables.names())
    assert calls == []


@pytest.mark.usefixtures("shelf")
def test_tables_handed_in_must_be_all_of_them():
    tables.kept(counting(1, []))

    with pytest.raises(KeyError):
        tables.prime({})


@pytest.mark.usefixtures("shelf")
def test_what_tables_were_built_from_is_let_go():
    calls = []
    scaffold = tables.once(counting(1, calls))
    table = tables.kept(lambda: scaffold())

    tables.built()
    tables.built()
    assert calls == [1]
    scaffold()
    assert calls == [1, 1]
    assert table()["value"].to_list() == [1]


def test_words_read_the_same_with_tables_that_were_handed_in(analysed):
    words = ["وبالكتاب", "للكتاب", "كتابها", "له", "يقولون", "مدن", "بكين"]
    before = analysed(*words)

    tables.prime({name: frame.clone() for name, frame in tables.built().items()})

    assert lexemes.lexemes(pl.DataFrame({"form": words})).equals(before)
