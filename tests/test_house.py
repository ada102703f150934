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
FILLED_BY_A_COMMAND = {"fact_forgotten"}
"""Tables that no night fills: `mustawda forget` does."""


def tree(module: str) -> ast.Module:
    return ast.parse((HOUSE / module).read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """The modules that a module imports, and the names that it takes from them: {"flows.terms", "flows.terms.Night"}."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def uses(module: str, room: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for name in imports(module))


def named(module: str) -> set[str]:
    """Every dotted name that the code of a module reaches: {"os.environ", "datetime.now"}."""
    return {ast.unparse(node) for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Place:
    root = tmp_path_factory.mktemp("sample")
    data = HOUSE / "data"
    run_night(
        Night(
            Settings(landing=(str(data / "landing"),), warehouse=root, sources=data / "sources.toml"),
            date(2026, 11, 24),
        )
    )
    return Place(root)


# Import directions


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("transforms/")])
def test_transforms_are_pure(module):
    for room in ("flows", "prefect", "duckdb", "time", "random", "secrets", "os", "socket", "fsspec"):
        assert not uses(module, room)
    assert not {name for name in named(module) if re.search(r"\b(now|today|utcnow|environ|getenv)$", name)}


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith("flows/warehouse/")])
def test_only_the_warehouse_knows_duckdb(module):
    assert not uses(module, "duckdb")


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("flows/landing/")])
def test_the_landing_does_not_know_the_warehouse(module):
    assert not uses(module, "flows.warehouse")


def test_prefect_is_met_in_two_modules_only():
    assert {module for module in MODULES if uses(module, "prefect")} <= {"flows/nightly.py", "flows/prefect_api.py"}


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith("flows/warehouse/")])
def test_sql_stays_in_the_warehouse(module):
    code = tree(module)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(code) if isinstance(node, DOCUMENTED)}
    texts = {node.value for node in ast.walk(code) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    sql = r"(?is)^\s*(select\b.+\bfrom|insert\s+into|delete\s+from|update\s+\w+\s+set|create\s+(table|view)|from\s+(dim|fact)_)"

    assert not {text for text in texts - docstrings if re.match(sql, text)}


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


# Names


@pytest.mark.parametrize("module", MODULES)
def test_no_drawer_for_odds_and_ends(module):
    assert not {"utils", "helpers", "base", "core", "common", "misc"} & set(Path(module).with_suffix("").parts)


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
    assert list((SQL / "4_checks").glob(f"{table}_*.sql"))


@pytest.mark.parametrize("claim", sorted(script.stem for script in (SQL / "4_checks").glob("*.sql")))
def test_a_claim_is_named_after_its_table(claim):
    assert any(
        re.fullmatch(rf"{table}_(is|has|adds|folds|rebuilds|covers|counts|quotes|stays)\w*", claim) for table in TABLES
    )


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
    assert listed.filter(~pl.col("comment").fill_null("").str.ends_with(".")).is_empty()


def test_every_column_has_a_comment(sample):
    columns = answer(sample, "select table_name, column_name, comment from duckdb_columns() where not internal")

    assert columns.height > 100
    assert columns.filter(~pl.col("comment").fill_null("").str.ends_with(".")).is_empty()


def test_every_macro_has_a_comment(sample):
    macros = answer(sample, "select function_name, comment from duckdb_functions() where not internal")

    assert {"fold", "kwic", "trend"} <= set(macros["function_name"])
    assert macros.filter(pl.col("comment").fill_null("") == "").is_empty()


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
