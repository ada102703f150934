"""A landing in an S3 bucket, served by moto on loopback."""

import logging

import pytest

from flows.landing.discover import discover
from flows.landing.file import MissingLanding
from tests.remote.conftest import ARTICLE


def test_two_thousand_objects_are_loaded_once_and_the_second_night_fetches_none(s3, night_of, ask):
    s3.put("press", {f"in/outlet-{n % 5}/{n:05}.txt": ARTICLE.format(n).encode() for n in range(2_000)})

    first = night_of("s3://press/in")
    assert (first.outcome, first.files_seen, first.counts["articles_new"]) == ("published", 2_000, 2_000)
    assert s3.asked["GET object"] == 2_000
    assert ask("select count(distinct fingerprint), count(*) from dim_file") == [(2_000, 2_000)]
    assert ask("select count(distinct source_id) from dim_article") == [(5,)]

    s3.asked.clear()
    assert night_of("s3://press/in").outcome == "nothing_new"
    assert s3.asked["GET object"] == 0
    assert sum(s3.asked.values()) < 10


def test_only_the_object_that_changed_is_fetched_again(s3, night_of, ask):
    s3.put("daily", {f"a/{n}.txt": ARTICLE.format(n).encode() for n in range(20)})
    night_of("s3://daily")
    s3.asked.clear()

    s3.put("daily", {"a/7.txt": ARTICLE.format(700).encode()})

    assert night_of("s3://daily").counts["articles_changed"] == 1
    assert s3.asked["GET object"] == 1
    assert ask("select count(*) from dim_file where file = 'a/7.txt' and outcome = 'loaded'") == [(1,)]


def test_a_glob_chooses_objects_and_folder_marks_are_none(s3):
    s3.put("mixed", {"a/": b"", "a/1.json": b"[]", "b/x/2.json": b"[]", "b/3.txt": b"x", "b/4.txt.part": b"x"})

    assert [item.file for item in discover(["s3://mixed"])] == ["a/1.json", "b/3.txt", "b/x/2.json"]
    assert [item.file for item in discover(["s3://mixed/*/*.json"])] == ["a/1.json"]


def test_a_server_that_fails_twice_costs_nothing(s3, night_of, ask):
    s3.put("shaky", {f"a/{n}.txt": ARTICLE.format(n).encode() for n in range(5)})
    left = {"n": 2}

    def fail(method: str, path: str) -> str | None:
        if path.endswith("3.txt") and method == "GET" and left["n"]:
            left["n"] -= 1
            return "503 Slow Down"
        return None

    s3.fails = fail
    assert night_of("s3://shaky").counts["articles_new"] == 5
    assert ask("select count(*) from fact_rejection") == [(0,)]


def test_a_server_that_goes_on_failing_is_a_named_rejection_and_asked_again_the_next_night(s3, night_of, ask):
    s3.put("broken", {f"a/{n}.txt": ARTICLE.format(n).encode() for n in range(5)})
    s3.fails = lambda _method, path: "500 Internal Server Error" if path.endswith("3.txt") else None

    assert night_of("s3://broken").counts["articles_new"] == 4
    (rejected,) = ask("select file, reason, detail from fact_rejection")
    assert rejected[:2] == ("a/3.txt", "unreadable")
    assert "(3 tries)" in rejected[2]
    assert ask("select fingerprint from dim_file where file = 'a/3.txt'") == [("unread",)]

    s3.fails = lambda _method, _path: None
    s3.asked.clear()
    assert night_of("s3://broken").counts["articles_new"] == 1
    assert s3.asked["GET object"] == 1
    assert ask("select count(*) from fact_rejection where resolved_load_id is null") == [(0,)]
    assert night_of("s3://broken").outcome == "nothing_new"


@pytest.mark.usefixtures("s3")
def test_a_bucket_that_is_missing_is_told_in_a_sentence():
    with pytest.raises(MissingLanding, match=r"^the landing s3://nowhere/in does not exist; create it"):
        discover(["s3://nowhere/in"])


@pytest.mark.usefixtures("s3")
def test_an_endpoint_that_is_gone_is_told_in_a_sentence_without_the_secret(monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")

    with pytest.raises(MissingLanding, match=r"^the landing s3://press/in can't be listed: .*\(3 tries\)$") as told:
        discover(["s3://press/in"])
    assert "sehr-geheim-456" not in str(told.value) + caplog.text
