"""The plan of the house, held by tests: who may import whom, names, comments, claims, the README, the sample."""

import ast
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows import questions
from flows.cli import app
from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night
from flows.warehouse.build import LOAD_ORDER
from flows.warehouse.place import SQL, Place
from flows.warehouse.queries import answer
from transforms.contracts import FAULTS

HOUSE = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(HOUSE).as_posix() for room in ("flows", "transforms") for path in (HOUSE / room).rglob("*.py")
)
TABLES = sorted(script.stem for script in (SQL / "1_tables").glob("*.sql"))
CLAIMS = sorted(script.stem for script in (SQL / "4_checks").glob("*.sql"))
FILLED_BY_A_COMMAND = {"fact_forgotten"}
"""Tables that no night fills: `mustawda forget` does."""


def tree(module: str) -> ast.Module:
    return ast.parse((HOUSE / module).read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """What a module imports, by its whole name: {"flows.terms.Night", "re"}."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def users(of: str, among: str = "") -> list[str]:
    """The modules below a folder that import a package or anything below it."""
    return [
        module
        for module in MODULES
        if module.startswith(among) and any(f"{name}.".startswith(f"{of}.") for name in imports(module))
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Place:
    root, data = tmp_path_factory.mktemp("sample"), HOUSE / "data"
    settings = Settings(landing=(str(data / "landing"),), warehouse=root, sources=data / "sources.toml")
    run_night(Night(settings, date(2026, 11, 24)))
    return Place(root)


# Import directions


@pytest.mark.parametrize(
    "package", ["flows", "prefect", "duckdb", "fsspec", "time", "random", "secrets", "os", "socket"]
)
def test_transforms_do_without(package):
    assert users(package, "transforms/") == []


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("transforms/")])
def test_transforms_have_neither_a_clock_nor_an_environment(module):
    reached = {ast.unparse(node) for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}

    assert not {name for name in reached if re.search(r"\.(now|today|utcnow|environ|getenv)$", name)}


def test_only_the_warehouse_knows_duckdb():
    assert users("duckdb") == users("duckdb", "flows/warehouse/") != []


def test_the_landing_does_not_know_the_warehouse():
    assert users("flows.warehouse", "flows/landing/") == []


def test_prefect_is_met_in_these_modules_only():
    homes = [f"orchestration/{home}" for home in ("artifacts", "automations", "prefect_api", "schedule")]

    assert users("prefect") == sorted(f"flows/{home}.py" for home in ["nightly", *homes])


SQL_TEXT = re.compile(
    r"(?is)^\s*(select\b.+\bfrom|insert\s+into|delete\s+from|update\s+\w+\s+set|create\s+(table|view)|from\s+(dim|fact)_)"
)


def test_sql_stays_in_the_warehouse():
    texts = {
        (module, node.value)
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    homes = {module for module, text in texts if SQL_TEXT.match(text)}
    assert homes
    assert {module for module in homes if not module.startswith("flows/warehouse/")} == set()


# Names


def test_no_drawer_for_odds_and_ends():
    drawers = {"utils", "helpers", "base", "core", "common", "misc"}

    assert [module for module in MODULES if drawers & set(Path(module).with_suffix("").parts)] == []


def test_tables_and_marts_are_named_after_their_layer():
    assert all(re.fullmatch(r"(dim|fact)_[a-z_]+", table) for table in TABLES)
    marts = {script.stem for script in (SQL / "3_marts").glob("*.sql")}
    views = {mart for mart in marts if "create or replace view" in read(f"3_marts/{mart}.sql")}
    assert views == {mart for mart in marts if mart.startswith("mart_")}


def read(script: str) -> str:
    return (SQL / script).read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_same_name_wherever_it_stands(table):
    assert f"create table if not exists {table} (" in read(f"1_tables/{table}.sql")
    assert (SQL / "2_load" / f"{table}.sql").exists() or table in FILLED_BY_A_COMMAND
    assert [claim for claim in CLAIMS if claim.startswith(f"{table}_")]


def test_every_claim_is_named_after_a_table():
    is_claim = re.compile(rf"({'|'.join(TABLES)})_[a-z]+s(_[a-z_]+)?")  # dim_date_is_whole, fact_article_adds_up

    assert [claim for claim in CLAIMS if not is_claim.fullmatch(claim)] == []


def test_the_load_order_lists_every_file_of_the_load_once():
    assert sorted(LOAD_ORDER) == sorted(script.stem for script in (SQL / "2_load").glob("*.sql"))


# The data dictionary


def test_every_table_and_view_has_a_comment_that_tells_its_grain(sample):
    listed = answer(
        sample,
        """
        select table_name as name, comment from duckdb_tables() where not internal
        union all
        select view_name, comment from duckdb_views() where not internal
        """,
    )

    assert set(TABLES) < set(listed["name"])
    assert listed.filter(~pl.col("comment").fill_null("").str.ends_with(".")).rows() == []


@pytest.mark.parametrize("of", ["duckdb_columns()", "duckdb_functions()"])
def test_every_column_and_macro_has_a_comment(sample, of):
    named = answer(sample, f"from {of} where not internal")

    assert not named.is_empty()
    assert named.filter(pl.col("comment").fill_null("") == "").rows() == []


# Faults


def reasons_in_code() -> set[str]:
    """The first argument of every Fault(…) that is written in the code."""
    calls = (node for module in MODULES for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    faults = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Fault" and call.args)
    return {call.args[0].value for call in faults if isinstance(call.args[0], ast.Constant)}


def test_every_reason_that_the_code_gives_is_a_known_fault():
    assert len(reasons_in_code()) > 5
    assert reasons_in_code() <= set(FAULTS)


def test_every_reason_in_the_warehouse_is_a_known_fault(sample):
    reasons = answer(sample, "select distinct reason from fact_rejection")["reason"]

    assert len(reasons) >= 3
    assert set(reasons) <= set(FAULTS)


# Saved questions


@pytest.mark.parametrize("question", questions.all(), ids=lambda question: question.name)
def test_a_question_has_title_and_reading_and_runs_with_its_defaults(sample, question):
    assert question.title.endswith("?")
    assert question.reading.endswith(".")
    assert set(re.findall(r"\$(\w+)", re.sub(r"(?m)^--.*$", "", question.query))) == set(question.parameters)

    assert answer(sample, question.query, question.given({})).height > 0


# README


def readme() -> str:
    text = (HOUSE / "README.md").read_text(encoding="utf-8")
    if len(text.splitlines()) < 20:
        pytest.skip("README.md is not written yet")
    return text


@pytest.mark.parametrize("command", sorted(c.name or c.callback.__name__ for c in app.registered_commands))
def test_the_readme_names_every_command(command):
    assert re.search(rf"mustawda\s+(--project \S+ )?{command}\b", readme())


@pytest.mark.parametrize("table", [*TABLES, *sorted(mart.stem for mart in (SQL / "3_marts").glob("*.sql"))])
def test_the_readme_names_every_table_mart_and_macro(table):
    assert re.search(rf"\b{table}\b", readme())


# The sample


@pytest.mark.parametrize(
    ("what", "query", "at_least"),
    [
        ("articles", "select count(*) from dim_article", 60),
        ("outlets", "select count(distinct source_id) from dim_article", 4),
        ("days", "select count(distinct published_on) from dim_article", 7),
        ("revisions", "select count(distinct article_id) from fact_revision", 1),
        ("rejections", "select count(*) from fact_rejection", 3),
        ("reasons", "select count(distinct reason) from fact_rejection", 3),
        ("forms", "select count(distinct form) from dim_file where outcome = 'loaded'", 4),
        (
            "reprints of one body in two outlets",
            "select count(*) from (select body from dim_article group by body having count(distinct source_id) > 1)",
            1,
        ),
    ],
)
def test_the_sample_shows_what_the_warehouse_is_for(sample, what, query, at_least):
    assert answer(sample, query).item() >= at_least, what
