import pytest

from flows.warehouse.place import NoWarehouse
from flows.warehouse.queries import BadQuery, answer, columns_of, dictionary, loads


@pytest.mark.parametrize(
    "query",
    [
        "delete from dim_word",
        "create table mine as select 1",
        "update dim_source set source_name = ''",
        "drop view mart_daily_volume",
    ],
)
def test_nobody_writes_into_the_published_warehouse(sample, query):
    with pytest.raises(BadQuery, match="read-only"):
        answer(sample, query)


@pytest.mark.parametrize(
    "query",
    [
        "from read_csv('{file}')",
        "from read_text('{file}')",
        "from '{file}'",
        "from glob('{folder}/*')",
        "copy dim_source to '{folder}/copy.csv'",
        "attach '{folder}/other.duckdb'",
        "export database '{folder}/export'",
        "install httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
    ],
)
def test_no_other_file_is_reached(sample, tmp_path, query):
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(BadQuery, match=r"disabled by configuration|configuration has been locked"):
        answer(sample, query.format(file=file, folder=tmp_path))

    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("query", ["select", "select nothing", "from nowhere", "select $word", "select 'a'::integer"])
def test_sql_that_cannot_be_run_is_a_bad_query(sample, query):
    with pytest.raises(BadQuery):
        answer(sample, query)


def test_the_last_statement_of_several_is_answered(sample):
    rows = answer(sample, "create temp table long as from fact_article where word_count > 100; select 1 as one")

    assert rows.rows(named=True) == [{"one": 1}]


def test_a_result_without_rows_keeps_its_columns(sample):
    assert answer(sample, "select form, kind from dim_word where false").columns == ["form", "kind"]


def test_a_statement_without_result_gives_no_columns(sample):
    assert answer(sample, "create temp table mine as select 1").columns == []


def test_columns_of_the_same_name_are_numbered(sample):
    assert answer(sample, "select 1 as a, 2 as a, 3 as b").rows(named=True) == [{"a": 1, "a_1": 2, "b": 3}]


def test_an_interval_is_shown_as_text(sample):
    rows = answer(sample, 'select interval 90 minute as "how ""long""", [interval 1 day] as "list"')

    assert rows.rows() == [("01:30:00", "[1 day]")]


def test_the_order_of_the_query_is_kept(sample):
    forms = answer(sample, "select form, interval 1 day as i from dim_word order by form desc limit 50")["form"]

    assert forms.to_list() == sorted(forms, reverse=True)


def test_without_a_published_version_one_is_told_to_run(place):
    with pytest.raises(NoWarehouse, match="mustawda run"):
        answer(place, "select 1")


def test_the_dictionary_names_tables_views_and_macros(sample):
    kinds = dict(dictionary(sample).select("name", "kind").rows())

    assert {kinds["dim_article"], kinds["mart_daily_volume"], kinds["kwic"]} == {"table", "view", "macro"}
    assert not dictionary(sample)["comment"].has_nulls()


def test_the_columns_of_a_table_are_told_in_their_order(sample):
    assert columns_of(sample, "dim_source")["column_name"].to_list()[:2] == ["source_id", "source_name"]


def test_an_unknown_table_is_a_bad_query(sample):
    with pytest.raises(BadQuery, match=r"«dim_nothing».*mustawda describe"):
        columns_of(sample, "dim_nothing")


def test_loads_tell_of_runs_that_published_and_of_those_that_did_not(place, night, deliver):
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")
    night()
    night()
    (place.root.parent / "sources.toml").write_text("colour = 'red'\n", encoding="utf-8")
    with pytest.raises(Exception, match="colour"):
        night()

    told = loads(place)

    assert told["outcome"].to_list() == ["failed", "nothing_new", "published"]
    assert "colour" in told["error"][0]


def test_loads_tell_of_a_first_run_that_published_nothing(place, night):
    assert loads(place).is_empty()
    night()

    assert loads(place)["outcome"].to_list() == ["nothing_new"]


def test_a_line_of_runs_that_a_power_cut_left_half_written_is_passed_over(place, night):
    night()
    with place.runs.open("a", encoding="utf-8") as file:
        file.write('{"outcome": "published", "counts": {"words": 5}')
    night()

    assert loads(place)["outcome"].to_list() == ["nothing_new", "nothing_new"]
