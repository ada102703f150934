"""Thirty nights of all that a press does come to what one load of the last landing gives, and keep all history."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pytest

from flows.night import run_night
from flows.warehouse.content import content_of, differing
from flows.warehouse.copies import compact
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, broken_claims, is_tidy
from tests.proofs.press import Press

NIGHTS: Final = 30
IDLE: Final = (8, 15, 16, 23)
"""Nights in which nothing is delivered."""
ARCHIVE: Final = (2_000, 240)
"""Articles of the first night and their words: so many that blocks of 256 kB are few among them."""
ROOM: Final = 1.2
TEXTS: Final = """
    select source_id, natural_key, coalesce(text.title, article.title), coalesce(text.body, article.body)
    from fact_article_version as text join dim_article as article using (article_id)
    order by source_id, natural_key, text.version_no
"""


class Nights:
    """Thirty nights that have passed: what the press remembers, and what the warehouse holds."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, Place(root / "warehouse")
        self.press = Press(root / "landing", seed=30)
        self.outcomes = [self._night(number) for number in range(NIGHTS)]

    def _night(self, number: int) -> str:
        press, self.press.night = self.press, number
        if number == 0:
            press.archive(*ARCHIVE)
        if number not in IDLE:
            press.new()
            for deed in self._deeds(number):
                deed()
        return run_night(a_night(self.root)).outcome

    def _deeds(self, number: int) -> Iterator:
        press = self.press
        if number:
            often = [press.change_in_place, press.revise, press.come_late, press.duplicate, press.touch, press.spoil]
            yield from press.random.sample([*often, press.mend, press.take_back_in_place, press.revise_twice], k=6)


@pytest.fixture(scope="module")
def nights(tmp_path_factory) -> Nights:
    return Nights(tmp_path_factory.mktemp("nights"))


@pytest.fixture(scope="module")
def fresh(nights) -> Path:
    """One load of the last state of the landing."""
    run_night(a_night(nights.root, warehouse=nights.root / "fresh"))
    return Place(nights.root / "fresh").published()


@pytest.mark.slow
def test_a_night_publishes_where_something_came_and_only_there(nights):
    expected = ["nothing_new" if number in IDLE else "published" for number in range(NIGHTS)]

    assert nights.outcomes == expected
    assert is_tidy(nights.place)


@pytest.mark.slow
def test_the_current_tables_are_those_of_one_load_of_the_last_landing(nights, fresh):
    content = content_of(nights.place.published())

    assert differing(content, content_of(fresh)) == ()
    assert content["dim_article"][0] > ARCHIVE[0] + 3 * (NIGHTS - len(IDLE))
    assert content["fact_rejection"][0] > 0


@pytest.mark.slow
def test_every_text_that_was_ever_delivered_is_kept_in_the_order_of_delivery(nights):
    with duckdb.connect(nights.place.current, read_only=True) as connection:
        rows = connection.sql(TEXTS).fetchall()
        deliveries = connection.sql("select count(*) from fact_delivery").fetchall()[0][0]
    held: dict = {}
    for source_id, natural_key, title, body in rows:
        held.setdefault((source_id, natural_key), []).append((title, body))
    expected = nights.press.history()

    assert {key: held.get(key) for key in expected} == expected
    assert deliveries == nights.press.delivery_count() + ARCHIVE[0]
    assert sum(len(texts) > 2 for texts in expected.values()) > 10


@pytest.mark.slow
def test_every_claim_holds_for_all_rows_after_thirty_nights(nights, fresh):
    assert broken_claims(nights.place.published()) == []
    assert broken_claims(fresh) == []


@pytest.mark.slow
def test_a_compacted_file_is_about_as_small_as_a_fresh_one(nights, fresh, tmp_path):
    compacted = tmp_path / "compacted.duckdb"
    compact(nights.place.published(), compacted, "1GB")

    assert content_of(compacted) == content_of(fresh)
    assert compacted.stat().st_size < ROOM * fresh.stat().st_size
