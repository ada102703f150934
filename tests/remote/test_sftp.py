"""A landing on an SFTP server, served by asyncssh on loopback."""

import logging
import os
import time
from pathlib import Path

import fsspec
import pytest

from flows.landing.discover import discover
from flows.landing.fetch import fetched
from flows.landing.file import MissingLanding
from tests.remote.conftest import ARTICLE


@pytest.fixture
def drop(tmp_path: Path):
    """Writes files into the served folder: drop({"path": bytes}, age in seconds)."""

    def write(files: dict[str, bytes], age: float = 60) -> None:
        for name, data in files.items():
            path = tmp_path / "drop" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            os.utime(path, (time.time() - age,) * 2)

    return write


@pytest.fixture
def address(sftp, monkeypatch) -> str:
    monkeypatch.setenv("FSSPEC_SFTP_USERNAME", "reader")
    monkeypatch.setenv("FSSPEC_SFTP_PASSWORD", "geheim-123")
    monkeypatch.setitem(fsspec.config.conf, "sftp", {})
    fsspec.config.set_conf_env(fsspec.config.conf)  # as it does when it is imported
    return f"sftp://127.0.0.1:{sftp.port}"


def test_folders_are_loaded_once_and_the_second_night_opens_no_file(sftp, address, drop, night_of, ask):
    drop({f"in/o{n % 3}/2026-11-1{n % 9}/{n}.txt": ARTICLE.format(n).encode() for n in range(60)})

    assert night_of(f"{address}/in").counts["articles_new"] == 60
    assert len(sftp.opened) == 60
    assert ask("select source_id, count(*) from dim_article group by all order by all") == [
        ("o0", 20), ("o1", 20), ("o2", 20),
    ]  # fmt: skip
    assert night_of(f"{address}/in").outcome == "nothing_new"
    assert len(sftp.opened) == 60


def test_user_and_password_of_an_address_stand_nowhere(sftp, drop, night_of, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    drop({"in/o/1.txt": ARTICLE.encode()})
    address = f"sftp://reader:geheim-123@127.0.0.1:{sftp.port}/in"

    assert night_of(address).outcome == "published"
    with pytest.raises(MissingLanding, match=r"the landing sftp://127\.0\.0\.1:\d+/nowhere does not exist") as told:
        night_of(address.replace("/in", "/nowhere"))
    assert "geheim" not in str(told.value)
    assert "geheim-123" not in caplog.text
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"geheim-123" in path.read_bytes()]


def test_a_wrong_password_is_told_in_a_sentence_without_it(sftp):
    with pytest.raises(MissingLanding, match=r"^the landing sftp://127.* can't be listed: .*Authentication") as told:
        discover([f"sftp://reader:falsch-99@127.0.0.1:{sftp.port}/in"])
    assert "falsch-99" not in str(told.value)


def test_a_server_whose_key_is_not_known_gets_no_password(address, drop, tmp_path):
    drop({"in/o/1.txt": ARTICLE.encode()})
    (tmp_path / "home/.ssh/known_hosts").write_text("")

    with pytest.raises(MissingLanding, match="not found in known_hosts"):
        discover([f"{address}/in"])


def test_a_file_that_rests_too_short_waits_for_the_next_night(address, drop):
    drop({"in/o/old.txt": b"x"}, age=60)
    drop({"in/o/new.txt": b"x"}, age=0)

    assert [(item.file, item.is_settled) for item in discover([f"{address}/in"])] == [
        ("o/new.txt", False), ("o/old.txt", True),
    ]  # fmt: skip
    assert all(item.is_settled for item in discover([f"{address}/in"], 0))


def test_a_file_that_grows_after_the_listing_waits_for_the_next_night(address, drop):
    drop({"in/o/1.txt": ARTICLE.encode(), "in/o/2.txt": ARTICLE.encode()})
    files = discover([f"{address}/in"])
    drop({"in/o/1.txt": ARTICLE.encode() * 2})

    assert [item.file for item, _ in fetched(files)] == ["o/2.txt"]


def test_a_night_whose_only_file_still_grows_publishes_nothing(address, drop, night_of, monkeypatch):
    from flows import night as nights

    drop({"in/o/1.txt": ARTICLE.encode()})

    def late(*given):
        found = discover(*given)
        drop({"in/o/1.txt": ARTICLE.encode() * 2})
        return found

    monkeypatch.setattr(nights, "discover", late)
    assert night_of(f"{address}/in").outcome == "nothing_new"
    monkeypatch.setattr(nights, "discover", discover)
    assert night_of(f"{address}/in").outcome == "published"


def test_links_are_listed_and_not_followed_and_a_glob_chooses(address, drop, tmp_path):
    drop({"in/o/1.txt": b"x", "in/o/1.json": b"x", "in/p/q/2.json": b"x"})
    (tmp_path / "drop/in/o/loop").symlink_to("..")
    (tmp_path / "drop/in/o/passwd").symlink_to("/etc/passwd")

    found = {item.file: item.is_link for item in discover([f"{address}/in"])}
    assert found == {"o/1.json": False, "o/1.txt": False, "o/loop": True, "o/passwd": True, "p/q/2.json": False}
    assert [item.file for item in discover([f"{address}/in/**/*.json"])] == ["o/1.json", "p/q/2.json"]


def test_a_large_file_is_whole(address, drop):
    data = os.urandom(1 << 20) * 5
    drop({"in/o/1.bin": data})

    ((_, content),) = fetched(discover([f"{address}/in"]))
    assert content == data
