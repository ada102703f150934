"""Words that the warehouse knows are analysed once, and all of them anew when the lexicon changes."""

from datetime import date

import polars as pl
import pytest

from flows import night as night_module
from flows import vocabulary
from flows.night import Night, run_night
from flows.settings import Settings
from flows.warehouse import known
from flows.warehouse.queries import answer
from transforms.lexicon.lexemes import lexemes
from transforms.lexicon.version import lexicon_version


@pytest.fixture
def staged(tmp_path, place):
    """Runs a night and returns the forms that it staged: (new ones, those analysed anew)."""

    def run(task="new") -> tuple[set[str], set[str]]:
        told = {}

        def step(name, call):
            if name == "load":
                (folder,) = place.staging.iterdir()
                told["new"] = set(pl.read_parquet(folder / "lexeme.parquet")["form"])
                told["anew"] = set(pl.read_parquet(folder / "relexed.parquet")["form"])
            return call()

        landing = str(tmp_path / "landing")
        settings = Settings(landing=(landing,), warehouse=place.root, sources=tmp_path / "sources.toml")
        run_night(Night(settings, date(2026, 11, 24), task), step)
        return told["new"], told["anew"]

    return run


FIRST = {"عنوان", "الخبر", "ارتفع", "منسوب", "النهر", "."}


def another_lexicon(monkeypatch) -> None:
    """A version that reads «النهر» as a verb."""

    def changed(forms: pl.DataFrame) -> pl.DataFrame:
        river = pl.col("form") == "النهر"
        return lexemes(forms).with_columns(pos=pl.when(river).then(pl.lit("verb")).otherwise("pos"))

    for module in (night_module, vocabulary):
        monkeypatch.setattr(module, "lexicon_version", lambda: "another")
    monkeypatch.setattr(vocabulary, "lexemes", changed)


def words(place) -> list[tuple]:
    return answer(place, "select * from dim_word order by word_id").rows()


def test_a_known_word_is_not_analysed_again(staged, deliver, place):
    deliver("nahr/1.txt", "ارتفع منسوب النهر.")
    assert staged() == (FIRST, set())

    deliver("nahr/2.txt", "انخفض منسوب النهر، ثم ارتفع.")
    assert staged() == ({"انخفض", "ثم", "،"}, set())

    counts = answer(place, "select word_count, distinct_word_count from fact_article order by all").rows()
    assert counts == [(3, 3), (5, 5)]
    assert known.lexicon_version(place) == lexicon_version()


def test_another_lexicon_analyses_every_known_word_anew(staged, deliver, place, monkeypatch):
    deliver("nahr/1.txt", "ارتفع منسوب النهر.")
    staged()
    before = words(place)
    another_lexicon(monkeypatch)
    deliver("nahr/2.txt", "انخفض النهر.")

    assert staged() == ({"انخفض"}, FIRST)

    assert answer(place, "select pos from dim_word where form = 'النهر'").item() == "verb"
    assert [row for row in words(place) if row[1] in FIRST - {"النهر"}] == [row for row in before if row[1] != "النهر"]
    assert [row[0] for row in words(place)][: len(before)] == [row[0] for row in before]
    assert known.lexicon_version(place) == "another"


def test_a_rebuild_gives_what_the_nights_gave(staged, deliver, place, monkeypatch):
    deliver("nahr/1.txt", "ارتفع منسوب النهر.")
    staged()
    another_lexicon(monkeypatch)
    deliver("nahr/2.txt", "انخفض النهر.")
    staged()
    nightly = answer(place, "select * exclude (word_id) from dim_word order by form").rows()

    assert staged("rebuild") == (FIRST | {"انخفض"}, set())

    assert answer(place, "select * exclude (word_id) from dim_word order by form").rows() == nightly
