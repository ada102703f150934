"""The `mustawda` command as an operator and an analyst meet it: real processes, each in a project folder of its own."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows.cli import main  # noqa: F401  # registers the commands
from flows.commands.options import app
from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night

DATA = Path(__file__).parents[1] / "data"
COMMAND = Path(sys.executable).with_name("mustawda")
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)


def mustawda(project: Path, *arguments: str) -> subprocess.CompletedProcess:
    """The command in a project folder, with nothing of this machine's settings but the cache of the tests."""
    foreign = {name for name in os.environ if name.startswith(("MUSTAWDA_", "PREFECT_"))} - {"MUSTAWDA_CACHE"}
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    return subprocess.run(
        [COMMAND, "--project", project, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**environment, "HOME": str(project)},
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )


def says(done: subprocess.CompletedProcess, exit_code: int) -> str:
    """The one line that a failure says; stdout stays empty."""
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (exit_code, "", 1), done.stderr
    assert lines[0].startswith("mustawda: ")
    return lines[0]


def new_project(folder: Path) -> Path:
    shutil.copytree(DATA / "landing" / "almasar" / "2026-11-18", folder / "data" / "landing" / "almasar" / "2026-11-18")
    shutil.copytree(DATA / "landing" / "sahel-feed", folder / "data" / "landing" / "sahel-feed")
    shutil.copyfile(DATA / "sources.toml", folder / "data" / "sources.toml")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project whose warehouse is published; tests only ask."""
    folder = new_project(tmp_path_factory.mktemp("project"))
    data = folder / "data"
    settings = Settings(landing=(str(data / "landing"),), warehouse=data / "warehouse", sources=data / "sources.toml")
    run_night(Night(settings, date(2026, 11, 24)))
    return folder


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory):
    """(project, the first run, the run behind it)."""
    folder = new_project(tmp_path_factory.mktemp("nightly"))
    return folder, mustawda(folder, "run", "--night", "2026-11-24"), mustawda(folder, "run", "--night", "2026-11-25")


def test_a_run_publishes_and_ends_with_its_summary(two_runs):
    folder, first, _ = two_runs
    version = (folder / "data" / "warehouse" / "current.duckdb").resolve().stem

    assert first.returncode == 0, first.stderr
    summary = dict(line.split(maxsplit=1) for line in first.stdout.split("\n\n")[0].splitlines())
    assert summary["night"] == "2026-11-24"
    assert summary["rejected"] == "3 (1 bad_record, 1 empty_file, 1 no_text)"
    assert summary["published"] == version
    assert "Traceback" not in first.stderr


def test_a_second_run_says_that_nothing_is_new(two_runs):
    folder, _, second = two_runs

    assert (second.returncode, len(second.stdout.splitlines())) == (0, 1), second.stderr
    assert "2026-11-25" in second.stdout
    assert "nothing published" in second.stdout
    assert "Traceback" not in second.stderr
    assert len(list((folder / "data" / "warehouse" / "versions").iterdir())) == 1


def test_a_run_keeps_its_files_in_the_folder_of_the_warehouse(two_runs):
    folder, _, _ = two_runs

    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == ["data"]
    assert (folder / "data" / "warehouse" / "prefect" / "prefect.db").exists()


def test_loads_lists_both_runs_newest_first(two_runs):
    told = json.loads(mustawda(two_runs[0], "loads", "--format", "json").stdout)

    assert [(run["night"], run["outcome"]) for run in told] == [
        ("2026-11-25", "nothing_new"),
        ("2026-11-24", "published"),
    ]
    assert told[1]["flow_run_id"]


def test_a_missing_landing_fails_the_run_with_one_line(two_runs):
    assert "the landing elsewhere does not exist" in says(mustawda(two_runs[0], "run", "--landing", "elsewhere"), 1)


def test_a_wrong_key_in_sources_toml_fails_the_run_and_is_named_with_its_file(two_runs, tmp_path):
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "almasar"\ncolour = "red"\n', encoding="utf-8")

    line = says(mustawda(two_runs[0], "run", "--sources", str(sources)), 1)

    assert f"{sources}: source.1.colour" in line


def test_a_warehouse_folder_that_cannot_be_made_fails_the_run_with_one_line(project, tmp_path):
    in_the_way = tmp_path / "warehouse"
    in_the_way.write_text("", encoding="utf-8")

    assert f"{in_the_way} can't be written" in says(mustawda(project, "run", "--warehouse", str(in_the_way)), 1)


COUNT = "select count(*) as articles from dim_article"


@pytest.mark.parametrize(
    ("query", "arguments", "stdout"),
    [
        ("select 1 as a, 'ب' as b", ["--format", "json"], '[{"a":1,"b":"ب"}]\n'),
        ("select 1 as a where false", ["--format", "json"], "[]\n"),
        ("create temp table t as select 1", ["--format", "json"], "[]\n"),
        ("select 1 as a, 'ب, ج' as b", ["--format", "csv"], 'a,b\n1,"ب, ج"\n'),
        ("select 1 as a, [1, 2] as b where false", ["--format", "csv"], "a,b\n"),
        ("select 1 as a, null as b", [], "a  b\n1\n(1 rows)\n"),
    ],
)
def test_sql_writes_the_rows_alone_to_stdout(project, query, arguments, stdout):
    done = mustawda(project, "sql", query, *arguments)

    assert (done.returncode, done.stdout, done.stderr) == (0, stdout, "")


@pytest.mark.parametrize("format", ["csv", "json", "parquet", "table"])
def test_sql_writes_a_file_in_each_format(project, tmp_path, format):
    file = tmp_path / "rows"
    done = mustawda(project, "sql", COUNT, "--format", format, "-o", str(file))

    assert (done.returncode, done.stdout) == (0, "")
    assert file.stat().st_size > 0
    if format == "parquet":
        assert pl.read_parquet(file).columns == ["articles"]


def test_parquet_on_stdout_is_wrong_usage(project):
    done = mustawda(project, "sql", "select 1", "--format", "parquet")

    assert (done.returncode, done.stdout) == (2, "")
    assert "-o" in done.stderr


def test_sql_reads_the_query_from_a_file(project, tmp_path):
    (tmp_path / "count.sql").write_text(f"-- how many\n{COUNT};\n", encoding="utf-8")

    done = mustawda(project, "sql", "-f", str(tmp_path / "count.sql"), "--format", "csv")

    assert done.stdout.splitlines()[0] == "articles"
    assert int(done.stdout.splitlines()[1]) > 0


def test_bad_sql_is_answered_by_one_line(project):
    assert "dim_nothing" in says(mustawda(project, "sql", "select *\nfrom dim_nothing"), 2)


def test_ask_lists_the_questions(project):
    listed = json.loads(mustawda(project, "ask", "--format", "json").stdout)

    assert {"question": "word_over_time", "parameters": "word=وزير"}.items() <= {
        row["question"]: row for row in listed
    }["word_over_time"].items()


def test_ask_takes_a_parameter(project):
    rows = json.loads(mustawda(project, "ask", "frequent_words", "rows=3", "--format", "json").stdout)

    assert len(rows) == 3


def test_ask_for_people_tells_how_to_read_the_answer(project):
    done = mustawda(project, "ask", "frequent_words", "rows=1")

    assert "function words" in done.stderr
    assert done.stdout.endswith("(1 rows)\n")


@pytest.mark.parametrize(
    ("arguments", "says_so"),
    [
        (["ask", "word_under_time"], "word_over_time"),
        (["ask", "word_over_time", "wrod=وزير"], "word=وزير"),
        (["describe", "dim_nothing"], "«dim_nothing»"),
        (["rollback", "20200101T000000Z"], "«20200101T000000Z»"),
    ],
)
def test_a_wrong_name_is_answered_by_one_line_that_leads_on(project, arguments, says_so):
    assert says_so in says(mustawda(project, *arguments), 2)


def test_describe_lists_tables_views_and_macros(project):
    listed = json.loads(mustawda(project, "describe", "--format", "json").stdout)

    assert {"fact_word", "mart_daily_volume", "kwic"} <= {row["name"] for row in listed}


def test_describe_tells_the_columns_of_a_table(project):
    columns = json.loads(mustawda(project, "describe", "fact_word", "--format", "json").stdout)

    assert [column["column_name"] for column in columns][:3] == ["article_id", "sentence_no", "word_no"]
    assert all(column["comment"] for column in columns)


def test_check_holds_every_claim(project):
    done = mustawda(project, "check", "--format", "json")

    assert done.returncode == 0
    assert {claim["stands"] for claim in json.loads(done.stdout)} == {"holds"}


def test_rejections_names_file_and_reason(project):
    rows = json.loads(mustawda(project, "rejections", "--format", "json").stdout)

    assert {(row["file"], row["reason"]) for row in rows} == {
        ("almasar/2026-11-18/004_empty.txt", "empty_file"),
        ("sahel-feed/20261116.jsonl", "no_text"),
        ("sahel-feed/20261120.jsonl", "bad_record"),
    }


def test_versions_lists_the_published_one(project):
    (version,) = json.loads(mustawda(project, "versions", "--format", "json").stdout)

    assert version["version"] == (project / "data" / "warehouse" / "current.duckdb").resolve().stem


@pytest.mark.parametrize("command", ["sql", "describe", "check", "rejections"])
def test_without_a_warehouse_one_is_told_to_run(tmp_path, command):
    done = mustawda(tmp_path, command, *(["select 1"] if command == "sql" else []))

    assert "mustawda run" in says(done, 1)


@pytest.mark.parametrize("arguments", [["nonsense"], ["run", "--night", "2026-13-45"], ["sql", "--format", "xml", "x"]])
def test_wrong_usage_exits_with_2(project, arguments):
    done = mustawda(project, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[-1] in done.stderr or "--night" in done.stderr


def test_a_project_folder_that_does_not_exist_is_wrong_usage(tmp_path):
    assert f"«{tmp_path / 'nowhere'}»" in says(mustawda(tmp_path / "nowhere", "loads"), 2)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(tmp_path, command):
    done = mustawda(tmp_path, command, "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: mustawda {command} " in done.stdout
    assert list(tmp_path.iterdir()) == []
