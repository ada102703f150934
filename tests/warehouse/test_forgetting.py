import json
from datetime import date, datetime

import pytest

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night, silently
from flows.warehouse import checks
from flows.warehouse.connection import read
from flows.warehouse.forgetting import UnknownArticle, forget
from flows.warehouse.queries import answer

KEPT, SECRET = "ارتفع منسوب النهر نصف متر.", "اعترف سالم بسرقة القارب."
NAME = "سالم".encode()
A_DAY = datetime(2026, 11, 25)


@pytest.fixture
def article_id(place, night, tmp_path):
    """An article that two files deliver, in two kept versions, beside another one."""
    records = [{"id": "kept", "title": "النهر", "body": KEPT}, {"id": "secret", "title": "القارب", "body": SECRET}]
    for number, delivered in enumerate((records, records[1:]), 1):
        file = tmp_path / "landing" / "nahr" / f"{number}.jsonl"
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(json.dumps(record) for record in delivered), encoding="utf-8")
        night()
    return answer(place, "select article_id from dim_article where natural_key = 'secret'").item()


def everything(place) -> str:
    """Every value of every table of the published version, as text."""
    tables = answer(place, "select table_name from duckdb_tables() where not internal")["table_name"]
    return "\n".join(str(answer(place, f"from {table}").rows()) for table in tables)


def test_the_text_is_in_no_table_of_any_kept_version(place, article_id):
    assert "سالم" in everything(place)
    assert [NAME in version.read_bytes() for version in place.versions.iterdir()] == [True, True]

    assert forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB") == 2

    assert "سالم" not in everything(place)
    assert [NAME in version.read_bytes() for version in place.versions.iterdir()] == [False, False]
    assert answer(place, "select natural_key from dim_article").rows() == [("kept",)]


def test_every_claim_holds_behind_it(place, article_id):
    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")

    with read(place.published()) as connection:
        claims = checks.check(connection, None, silently)
    assert [claim for claim in claims if claim.broken_count] == []


def test_a_rebuild_finds_the_same_warehouse(place, article_id, tmp_path):
    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")
    settings = Settings(landing=(str(tmp_path / "landing"),), warehouse=place.root, sources=tmp_path / "sources.toml")

    assert run_night(Night(settings, date(2026, 11, 25), "verify")).differing == ()


def test_it_does_not_come_back_with_another_delivery(place, article_id, night, deliver):
    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")
    again = json.dumps({"id": "secret", "title": "القارب", "body": SECRET})
    deliver("nahr/4.txt", "عاد النهر إلى مجراه.")
    (place.root.parent / "landing" / "nahr" / "3.jsonl").write_text(again, encoding="utf-8")
    night()

    assert "سالم" not in everything(place)
    met = answer(place, "select reason, excerpt from fact_rejection where file = 'nahr/3.jsonl'").rows()
    assert met == [("forgotten", "")]


def test_an_article_that_nobody_has_is_unknown(place, article_id):
    with pytest.raises(UnknownArticle, match="dim_article"):
        forget(place, article_id + 1, "بحكم المحكمة", A_DAY, "1GB")
