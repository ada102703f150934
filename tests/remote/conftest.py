"""Remote landings: servers on loopback, and nights over them."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.landing import patience
from flows.landing.sources import Sources
from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night, Summary
from tests.remote.servers import S3, Sftp, WebServer

ARTICLE = "افتتاح مكتبة في عدن\n\nافتتح المحافظ، أمس، مكتبة عامة رقم {} في مدينة عدن.\nوقال إن الدخول إليها مجاني."


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between tries are short."""
    monkeypatch.setattr(patience, "PAUSES", [0.01, 0.02])


@pytest.fixture(scope="module")
def s3_server():
    server = S3()
    yield server
    server.close()


@pytest.fixture
def s3(s3_server: S3, monkeypatch: pytest.MonkeyPatch):
    for name, value in {
        "AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "sehr-geheim-456", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_server.endpoint, "AWS_EC2_METADATA_DISABLED": "true",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    s3_server.asked.clear()
    s3_server.fails = lambda _method, _path: None
    return s3_server


@pytest.fixture
def sftp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "drop").mkdir()
    server = Sftp(tmp_path / "drop")
    (tmp_path / "home/.ssh").mkdir(parents=True)
    (tmp_path / "home/.ssh/known_hosts").write_text(server.known_hosts())
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    yield server
    server.close()


@pytest.fixture
def web():
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def night_of(tmp_path: Path):
    """Runs a night over landings by address: night_of("s3://…") -> Summary."""

    def run(*landings: str, task: str = "new", **settings: object) -> Summary:
        given = Settings(
            landing=landings, warehouse=tmp_path / "warehouse", sources=tmp_path / "sources.toml",
            **({"settle_seconds": 0} | settings),
        )  # fmt: skip
        return run_night(Night(given, date(2026, 11, 24), task))

    return run


@pytest.fixture
def ask(tmp_path: Path):
    """The rows of a query of the published warehouse."""

    def rows(query: str) -> list[tuple]:
        with duckdb.connect(tmp_path / "warehouse/current.duckdb", read_only=True) as connection:
            return connection.sql(query).fetchall()

    return rows


@pytest.fixture
def no_sources() -> Sources:
    return Sources()
