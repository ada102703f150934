import json
from datetime import date, datetime

import pytest

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night, silently
from flows.warehouse import checks
from flows.warehouse.build import OtherSchema
from flows.warehouse.connection import read, write
from flows.warehouse.forgetting import UnknownArticle, forget
from flows.warehouse.queries import answer, open_rejections
from flows.warehouse.versions import release, rollback

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


BROKEN = f'{{"id": "secret", "title": "القارب", "body": "{SECRET}"'
OTHER = '{"id": "other", "title": "القارب", "body": "اعترف الصياد'
FEED = '[[source]]\nid = "feed"\n[source.fields]\nsource = "outlet"\n'


def land(place, file: str, *lines: str) -> None:
    path = place.root.parent / "landing" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def record(**columns: str) -> str:
    return json.dumps({"id": "secret", "title": "القارب"} | columns, ensure_ascii=False)


REJECTED = [
    ("forgotten", record(body=SECRET)),
    ("no_text", record(title=SECRET, body="")),
    ("no_text", record(title=SECRET, body="\u200b \n")),
    ("too_long", record(title=SECRET * 100, body=SECRET)),
    ("not_arabic", record(title="سالم", body="Salim confessed that it was he who had stolen the boat.")),
    ("bad_record", BROKEN),
    ("bad_record", json.dumps([SECRET], ensure_ascii=False)),
]
"""What a delivery is rejected for, and its line."""


@pytest.mark.parametrize("way", ["the next night", "a rollback to the time before it"])
def test_a_delivery_that_is_rejected_shows_nothing_of_it(place, article_id, night, way):
    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")
    if way != "the next night":
        rollback(place, min(version.stem for version in place.versions.iterdir()))
        release(place)
    land(place, "nahr/3.jsonl", *(line for _, line in REJECTED))
    night()

    met = answer(
        place, "select reason, excerpt from fact_rejection where file = 'nahr/3.jsonl' order by locator::integer"
    )
    assert met.rows() == [(reason, "") for reason, _ in REJECTED]
    assert "سالم" not in everything(place)
    assert not any(NAME in version.read_bytes() for version in place.versions.iterdir())


def test_a_feed_that_brings_articles_of_the_outlet_is_not_quoted(place, article_id, night):
    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")
    (place.root.parent / "sources.toml").write_text(FEED, encoding="utf-8")
    land(place, "feed/1.jsonl", record(outlet="nahr", body=KEPT, id="new"), BROKEN)
    land(place, "wadi/1.jsonl", record(body=KEPT), OTHER)
    night()

    assert dict(
        open_rejections(place).filter(detail="the article was taken down").select("file", "excerpt").rows()
    ) == {
        "nahr/1.jsonl": "",
        "nahr/2.jsonl": "",
    }
    assert dict(open_rejections(place).filter(reason="bad_record").select("file", "excerpt").rows()) == {
        "feed/1.jsonl": "",
        "wadi/1.jsonl": OTHER,
    }


def test_what_was_rejected_before_it_shows_nothing_of_it_in_any_kept_version(place, article_id, night, tmp_path):
    (place.root.parent / "sources.toml").write_text(FEED, encoding="utf-8")
    land(place, "nahr/3.jsonl", record(id="later", body=KEPT), BROKEN)
    land(place, "feed/1.jsonl", record(outlet="nahr", body=KEPT, id="new"), BROKEN)
    land(place, "wadi/1.jsonl", record(body=KEPT), OTHER)
    night()
    land(place, "wadi/2.jsonl", record(id="later", body=KEPT), OTHER)
    night()
    assert everything(place).count("سالم") > 3

    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")

    assert [NAME in version.read_bytes() for version in place.versions.iterdir()] == [False] * 4
    for version in sorted(place.versions.iterdir()):
        rollback(place, version.stem)
        assert "سالم" not in everything(place)
        assert all(file.startswith("wadi/") for file in open_rejections(place).filter(excerpt=OTHER)["file"])
    release(place)
    assert len(open_rejections(place).filter(excerpt=OTHER)) == 2
    settings = Settings(landing=(str(tmp_path / "landing"),), warehouse=place.root, sources=tmp_path / "sources.toml")
    assert run_night(Night(settings, date(2026, 11, 25), "verify")).differing == ()


def test_what_a_dead_run_left_in_staging_goes_with_it(place, article_id):
    (place.staging / "20261101T020000Z" / "batch=0001").mkdir(parents=True)
    (place.staging / "20261101T020000Z" / "batch=0001" / "article.parquet").write_text(SECRET, encoding="utf-8")

    forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")

    assert list(place.staging.iterdir()) == []


def test_a_kept_version_of_another_schema_is_named_and_nothing_is_rewritten(place, article_id):
    first, second = sorted(place.versions.iterdir())
    first.chmod(0o644)
    with write(first, "1GB") as connection:
        connection.execute("update dim_load set schema_no = 1")
    before = [version.read_bytes() for version in (first, second)]

    with pytest.raises(OtherSchema, match=f"{first.stem}.*mustawda rebuild.*remove {first}"):
        forget(place, article_id, "بحكم المحكمة", A_DAY, "1GB")

    assert [version.read_bytes() for version in (first, second)] == before


def test_an_article_that_nobody_has_is_unknown(place, article_id):
    with pytest.raises(UnknownArticle, match="dim_article"):
        forget(place, article_id + 1, "بحكم المحكمة", A_DAY, "1GB")
