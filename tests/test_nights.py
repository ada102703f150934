"""Each folder of tests/nights is a case: what lands, what lands the night after, and what the warehouse holds then.

`expect/<table>.csv` holds the columns of its header, in the order of the rows; `expect/<name>.sql` beside
`<name>.csv` is asked instead of a table. «null» stands for a null.
"""

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

NIGHTS = Path(__file__).parent / "nights"
CASES = sorted(folder.name for folder in NIGHTS.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_in_one_line_what_it_proves(case):
    sentence, *rest = (NIGHTS / case / "case.md").read_text(encoding="utf-8").splitlines()

    assert sentence.endswith(".")
    assert not rest


@pytest.mark.parametrize("case", CASES)
def test_the_warehouse_holds_what_the_case_expects(case, night, tmp_path):
    folder = NIGHTS / case
    if (folder / "sources.toml").exists():
        shutil.copyfile(folder / "sources.toml", tmp_path / "sources.toml")

    for day, landed in enumerate(sorted(folder.glob("landing*")), 24):
        shutil.copytree(landed, tmp_path / "landing", copy_function=shutil.copyfile, dirs_exist_ok=True)
        assert night(date(2026, 11, day)).outcome == "published"

    assert night(date(2026, 11, 30)).outcome == "nothing_new"
    expected = {path.stem: read_csv(path) for path in sorted((folder / "expect").glob("*.csv"))}
    assert expected
    assert {name: held(tmp_path, folder / "expect", name, rows[0]) for name, rows in expected.items()} == expected


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def held(tmp_path: Path, expect: Path, name: str, header: list[str]) -> list[list[str]]:
    """The header and the rows of a table, or of the query of that name, every value as text."""
    query = expect / f"{name}.sql"
    table = f"({query.read_text(encoding='utf-8')})" if query.exists() else name
    columns = ", ".join(f'"{column}"' for column in header)
    with duckdb.connect(tmp_path / "warehouse" / "current.duckdb", read_only=True) as connection:
        rows = connection.sql(f"select {columns} from {table} order by all").fetchall()
    return [header, *(["null" if value is None else str(value) for value in row] for row in rows)]
