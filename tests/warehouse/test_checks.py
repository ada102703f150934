"""Each claim of sql/4_checks has an example here that breaks it."""

import shutil

import duckdb
import pytest

from flows.terms import silently
from flows.warehouse import checks
from flows.warehouse.place import SQL

AN_ARTICLE = "(select min(article_id) from dim_article)"

BREAKS = {
    "dim_article_has_clean_layout": f"update dim_article set title = title || ' ' where article_id = {AN_ARTICLE}",
    "dim_article_has_its_day": f"update dim_article set published_on = '1850-01-01' where article_id = {AN_ARTICLE}",
    "dim_article_has_its_file": f"update dim_article set file = 'nowhere.txt' where article_id = {AN_ARTICLE}",
    "dim_article_has_its_source": f"update dim_article set source_id = 'nobody' where article_id = {AN_ARTICLE}",
    "dim_article_is_filled": f"update dim_article set language = 'fa' where article_id = {AN_ARTICLE}",
    "dim_article_is_unique": f"insert into dim_article from dim_article where article_id = {AN_ARTICLE}",
    "dim_date_is_whole": "delete from dim_date where date_id = '2026-02-28'",
    "dim_file_is_accounted": "delete from fact_rejection where reason = 'empty_file'",
    "dim_file_is_unique": "insert into dim_file from dim_file limit 1",
    "dim_load_adds_up": "update dim_load set rejected = rejected + 1",
    "dim_source_is_unique": "insert into dim_source from dim_source limit 1",
    "dim_word_folds_alike": "update dim_word set folded = form where form = 'إلى'",
    "dim_word_is_filled": "update dim_word set kind = 'greek' where form = 'من'",
    "dim_word_is_unique": "insert into dim_word from dim_word limit 1",
    "fact_article_adds_up": f"update fact_article set word_count = word_count + 1 where article_id = {AN_ARTICLE}",
    "fact_article_is_whole": f"delete from fact_article where article_id = {AN_ARTICLE}",
    "fact_article_version_has_its_text": "update fact_article_version set body = body || '!' where body is not null",
    "fact_article_version_is_ordered": f"delete from fact_article_version where article_id = {AN_ARTICLE}",
    "fact_delivery_has_its_article": f"delete from fact_delivery where article_id = {AN_ARTICLE}",
    "fact_edit_has_its_article": "update fact_edit set replacement = raw_text where edit_no = 1",
    "fact_edit_rebuilds_raw": "update fact_edit set raw_text = raw_text || 'س' where edit_no = 1",
    "fact_forgotten_stays_down": (
        "insert into fact_forgotten by name select article_id, source_id, natural_key, 'a court order' as why, "
        f"now()::timestamp as forgotten_at from dim_article where article_id = {AN_ARTICLE}"
    ),
    "fact_rejection_is_named": "update fact_rejection set reason = '' where rejection_no = 1",
    "fact_revision_has_its_versions": "delete from fact_revision",
    "fact_revision_quotes_its_texts": "update fact_revision set new_text = 'لم يقلها أحد' where new_text is not null",
    "fact_sentence_covers_its_body": f"delete from fact_sentence where article_id = {AN_ARTICLE} and sentence_no = 1",
    "fact_sentence_has_exact_offsets": "update fact_sentence set char_start = char_start + 1 where sentence_no = 2",
    "fact_sentence_has_its_article": f"delete from dim_article where article_id = {AN_ARTICLE}",
    "fact_word_counts_in_its_sentence": f"delete from fact_word where article_id = {AN_ARTICLE} and sentence_no = 1",
    "fact_word_has_exact_offsets": "update fact_word set char_end = char_end + 1 where word_no = 3",
    "fact_word_has_its_sentence": f"update fact_word set word_id = -1 where article_id = {AN_ARTICLE} and word_no = 1",
    "fact_word_is_numbered": f"update fact_word set word_no = 2 where article_id = {AN_ARTICLE} and word_no = 1",
}


@pytest.fixture
def database(sample, tmp_path):
    """A copy of the sample that a test may break."""
    copy = tmp_path / "warehouse.duckdb"
    shutil.copyfile(sample.published(), copy)
    with duckdb.connect(copy) as connection:
        yield connection


@pytest.fixture
def broken(database):
    """Runs the SQL and returns the names of the claims that no longer hold."""

    def names_after(sql: str) -> set[str]:
        database.execute(sql)
        return {claim.name for claim in checks.check(database, None, silently) if claim.broken_count}

    return names_after


def test_every_claim_has_an_example_that_breaks_it():
    assert sorted(BREAKS) == sorted(script.stem for script in (SQL / "4_checks").glob("*.sql"))


def test_the_sample_breaks_no_claim(broken):
    assert broken("select 1") == set()


@pytest.mark.parametrize("claim", BREAKS)
def test_the_claim_is_broken(claim, broken):
    assert claim in broken(BREAKS[claim])


@pytest.mark.parametrize(
    "place",
    [
        "char_start = char_end, char_end = char_start",
        "char_start = char_start - 1000, char_end = char_end - 1000",
        "char_start = char_start + 1000, char_end = char_end + 1000",
        "char_end = char_start",
    ],
)
@pytest.mark.parametrize("fact", ["word", "sentence"])
def test_offsets_that_lie_outside_or_run_backwards_are_broken(broken, fact, place):
    assert f"fact_{fact}_has_exact_offsets" in broken(f"update fact_{fact} set {place} where {fact}_no = 1")


def test_a_claim_says_what_holds_in_its_first_line(database):
    claims = checks.check(database, None, silently)

    assert all(claim.sentence.endswith(".") and claim.sentence[0].isalpha() for claim in claims)


def test_a_broken_claim_names_itself_and_shows_rows(database, broken):
    (load_id,) = database.sql("select load_id from dim_load").fetchone()
    broken(BREAKS["dim_word_is_filled"])

    with pytest.raises(checks.BrokenClaim, match=r"dim_word_is_filled is broken by 1 rows, e\.g\. .*'form': 'من'"):
        checks.hold(database, load_id, silently)


def test_rows_of_other_loads_are_not_checked_again_in_the_night(database, broken):
    broken(BREAKS["fact_article_adds_up"])

    assert {claim.broken_count for claim in checks.check(database, "20990101T000000Z", silently)} == {0}


def test_a_broken_claim_publishes_nothing(place, night, deliver, tmp_path, monkeypatch):
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.", title="فيضان")
    night()
    published = place.published()
    shutil.copytree(SQL, tmp_path / "sql")
    claim = "-- No title tells of a drought.\nselect article_id, title from dim_article where title = 'جفاف';\n"
    (tmp_path / "sql" / "4_checks" / "dim_article_has_hope.sql").write_text(claim, encoding="utf-8")
    monkeypatch.setattr(checks, "SQL", tmp_path / "sql")
    deliver("nahr/2.txt", "جف النهر في الصيف.", title="جفاف")

    with pytest.raises(checks.BrokenClaim, match=r"dim_article_has_hope is broken by 1 rows.*جفاف"):
        night()

    assert place.published() == published
    assert list(place.versions.iterdir()) == [published]
    assert list(place.staging.iterdir()) == []
