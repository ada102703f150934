"""A landing on a web server with every bad habit."""

import logging
import threading
import time

import httpx
import pytest

from flows.landing import fetch, web_listing
from flows.landing import web as edge
from flows.landing.discover import discover
from flows.landing.file import MissingLanding
from flows.landing.read import read
from tests.remote.conftest import ARTICLE
from tests.remote.servers import WebServer, within

TEXT = ARTICLE.encode()
DATED = {"Last-Modified": "Tue, 17 Nov 2026 05:30:00 GMT", "ETag": '"1"'}


def serve(web, files: dict[str, bytes], index: str | None = None) -> str:
    """Serves the files below /in/ with an index of them; returns the index's address."""
    web.pages |= {f"/in/{name}": (200, DATED, data) for name, data in files.items()}
    links = "".join(f'<a href="{name}">{name}</a>' for name in files)
    page = f"<html><a href='../'>up</a><a href='?C=N;O=D'>Name</a>{links}</html>" if index is None else index
    web.pages["/in/"] = (200, {"Content-Type": "text/html"}, page.encode())
    return f"{web.url}/in/"


def outcome(url: str, sources) -> dict[str, str]:
    """File -> what became of it."""
    found = read(discover([url], 0), sources)
    return dict(found.raw.select("file", "title").iter_rows()) | dict(
        found.rejection.select("file", "detail").iter_rows()
    )


def test_an_index_is_loaded_once_and_the_second_night_fetches_nothing(web, night_of, ask):
    index = serve(web, {f"alufuq/{n}.txt": ARTICLE.format(n).encode() for n in range(30)})

    assert night_of(index).counts["articles_new"] == 30
    assert ask("select distinct source_id, fingerprint, modified_at::date::varchar from dim_file") == [
        ("alufuq", '"1"', "2026-11-17")
    ]
    before = len(web.asked)
    assert night_of(index).outcome == "nothing_new"
    assert [(method, path) for method, path in web.asked[before:] if method == "GET"] == [("GET", "/in/")]


def test_folders_of_an_index_are_walked_and_nothing_above_or_beside_it(web):
    serve(web, {})
    web.pages |= {
        "/in/": (200, {}, b'<a href="a/">a</a> <a href="/in/b.txt">b</a> <a href="http://other.example/c.txt">c</a>'
                          b'<a href="../secret.txt">s</a> <a href="a/%2e%2e/%2e%2e/secret.txt">t</a> '
                          b'<a href="/in/">again</a>'),
        "/in/a/": (200, {}, '<A HREF="خبر.txt#top">x</A> <a href="./">here</a> <a href="deep/">d</a>'.encode()),
        "/in/a/deep/": (200, {}, b'<a href="../">up</a> <a href="/in/a/deep/2.txt">2</a>'),
    }  # fmt: skip
    assert [item.file for item in discover([f"{web.url}/in/"])] == ["a/deep/2.txt", "a/خبر.txt", "b.txt"]


@pytest.mark.parametrize(("folder", "outlet"), [("/in/", "in"), ("/a/%D8%AE%D8%A8%D8%B1/", "خبر"), ("/", "127.0.0.1")])
def test_files_directly_in_an_index_are_of_the_outlet_that_it_is_named_after(web, no_sources, folder, outlet):
    web.pages |= {folder: (200, {}, b'<a href="1.txt">1</a>'), f"{folder}1.txt": (200, DATED, TEXT)}
    web.pages[f"{folder}list.txt"] = (200, {}, b"1.txt")
    for address in (f"{web.url}{folder}", f"{web.url}{folder}list.txt"):
        assert read(discover([address], 0), no_sources).raw.get_column("source_id").to_list() == [outlet]


def test_names_in_another_encoding_stay_apart(web):
    serve(web, {}, '<a href="a/%C8.txt">1</a><a href="a/%CA.txt">2</a><a href="a/x.zip!1.txt">3</a>')
    assert [item.file for item in discover([f"{web.url}/in/"])] == [r"a/\xc8.txt", r"a/\xca.txt", r"a/x.zip\x211.txt"]


def test_an_index_without_end_is_refused(web, monkeypatch):
    monkeypatch.setattr(web_listing, "MAX_PAGES", 20)
    web.pages = _Maze()
    with pytest.raises(MissingLanding, match="has more than 20 folders"):
        discover([f"{web.url}/in/"])


class _Maze(dict):
    def get(self, _path, _default=None):
        return (200, {}, b'<a href="x/">deeper</a><a href="y/">deeper</a>')


def test_a_list_names_files_of_several_servers(web, no_sources):
    serve(web, {"alufuq/1.txt": TEXT, "alufuq/2.txt": TEXT})
    lines = ["# the files of today", "", "in/alufuq/1.txt", f"{web.url}/in/alufuq/2.txt?id=5&X-Amz-Signature=geheim",
             "file:///etc/passwd", "in/alufuq/1.txt"]  # fmt: skip
    web.pages["/list.txt"] = (200, {}, "\n".join(lines).encode())
    web.pages["/in/alufuq/2.txt?id=5&X-Amz-Signature=geheim"] = web.pages["/in/alufuq/2.txt"]

    assert outcome(f"{web.url}/list.txt", no_sources) == {
        "in/alufuq/1.txt": "افتتاح مكتبة في عدن",
        "in/alufuq/2.txt": "افتتاح مكتبة في عدن",
        "etc/passwd": "the address, or one that it leads to, is not of http(s): Request URL is missing an 'http://' or "
        "'https://' protocol.",
    }


@pytest.mark.parametrize("failure", ["500", "429", "reset", "truncated", "slow"])
def test_what_may_pass_is_tried_again(web, no_sources, failure, monkeypatch):
    monkeypatch.setattr(edge, "TIMEOUT", httpx.Timeout(0.3))
    index = serve(web, {"a/1.txt": TEXT, "a/2.txt": TEXT})
    left = {"n": 2}

    def shaky(handler):
        if handler.command == "HEAD" or not left["n"]:
            return 200, DATED, TEXT
        left["n"] -= 1
        return bad(handler, failure)

    web.pages["/in/a/1.txt"] = shaky
    assert outcome(index, no_sources) == dict.fromkeys(["a/1.txt", "a/2.txt"], "افتتاح مكتبة في عدن")
    assert web.gets("/in/a/1.txt") == 3


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ("500", "HTTPStatusError: the server answers 500 Internal Server Error (3 tries)"),
        ("429", "HTTPStatusError: the server answers 429 Too Many Requests (3 tries)"),
        ("reset", "(3 tries)"),
        ("truncated", "peer closed connection without sending complete message body"),
        ("slow", "ReadTimeout: "),
    ],
)
def test_what_goes_on_failing_is_named_after_three_tries(web, no_sources, failure, told, monkeypatch):
    monkeypatch.setattr(edge, "TIMEOUT", httpx.Timeout(0.3))
    index = serve(web, {"a/1.txt": TEXT, "a/2.txt": TEXT})
    web.pages["/in/a/1.txt"] = lambda handler: (
        (200, DATED, TEXT) if handler.command == "HEAD" else bad(handler, failure)
    )

    with within(10):
        found = outcome(index, no_sources)
    assert told in found["a/1.txt"]
    assert found["a/2.txt"] == "افتتاح مكتبة في عدن"
    assert web.gets("/in/a/1.txt") == 3


def bad(handler, failure: str):
    if failure in ("500", "429"):
        return int(failure), {}, b"later"
    if failure == "slow":
        time.sleep(0.6)
    if failure == "truncated":
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + TEXT)
    return None


def test_a_server_that_drips_bytes_holds_no_night(web, no_sources, monkeypatch):
    monkeypatch.setattr(edge, "MAX_SECONDS", 0.2)
    index = serve(web, {"a/1.txt": TEXT})

    def drip(handler):
        if handler.command == "HEAD":
            return 200, DATED, TEXT
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(TEXT))
        for byte in TEXT[:100]:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)
        return None

    web.pages["/in/a/1.txt"] = drip
    with within(10):
        assert "not read to its end within" in outcome(index, no_sources)["a/1.txt"]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("/in/a/2.txt", "افتتاح مكتبة في عدن"),
        ("/in/a/1.txt", "more than 5 redirects"),
        ("file:///etc/passwd", "not of http(s)"),
        ("/in/a/nowhere.txt", "the server answers 404 Not Found"),
    ],
)
def test_redirects_are_followed_within_limits(web, no_sources, to, told):
    index = serve(web, {"a/1.txt": TEXT, "a/2.txt": TEXT})
    web.pages["/in/a/1.txt"] = (302, {"Location": to}, b"")

    assert told in outcome(index, no_sources)["a/1.txt"]


def test_a_dead_link_is_named_once_and_not_asked_for_again(web, night_of, ask):
    index = serve(web, {"a/1.txt": TEXT, "a/2.txt": TEXT})
    del web.pages["/in/a/2.txt"]

    assert night_of(index).rejected == {"unreadable": 1}
    assert night_of(index).outcome == "nothing_new"
    web.pages["/in/a/2.txt"] = (200, DATED, TEXT)
    assert night_of(index).counts["articles_new"] == 1
    assert ask("select count(*) from fact_rejection where resolved_load_id is null") == [(0,)]


def test_a_server_without_head_and_without_facts_is_read_every_night(web, night_of, ask):
    index = serve(web, {"a/1.txt": TEXT})
    web.pages["/in/a/1.txt"] = lambda handler: (405, {}, b"") if handler.command == "HEAD" else (200, {}, TEXT)

    assert night_of(index).counts["articles_new"] == 1
    assert ask("select fingerprint from dim_file") == [("untold",)]
    night_of(index)
    assert ask("select outcome from dim_file") == [("unchanged",)]


def test_an_etag_alone_tells_that_a_file_changed(web, night_of):
    index = serve(web, {"a/1.txt": TEXT})
    web.pages["/in/a/1.txt"] = (200, {"ETag": '"1"'}, ARTICLE.format(1).encode())
    assert night_of(index).outcome == "published"
    assert night_of(index).outcome == "nothing_new"

    web.pages["/in/a/1.txt"] = (200, {"ETag": '"2"'}, ARTICLE.format(2).encode())
    assert night_of(index).counts["articles_changed"] == 1


def test_a_file_that_is_longer_than_listed_waits_and_one_beyond_the_limit_is_not_read_to_its_end(
    web, no_sources, monkeypatch
):
    monkeypatch.setattr(fetch, "MAX_FILE_BYTES", 1_000_000)
    index = serve(web, {"a/1.txt": TEXT, "a/2.txt": TEXT, "a/3.txt": b"x" * 2_000_000})
    web.pages["/in/a/1.txt"] = lambda handler: (
        (200, {"Content-Length": "5"}, TEXT[:5]) if handler.command == "HEAD" else (200, DATED, TEXT)
    )

    found = outcome(index, no_sources)
    assert "a/1.txt" not in found
    assert found["a/3.txt"] == "2,000,000 bytes; the limit is 1,000,000"
    assert web.gets("/in/a/3.txt") == 0


def test_the_password_goes_to_its_server_only_and_stands_nowhere(web, night_of, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    other = WebServer()
    index = serve(web, {"a/1.txt": TEXT, "a/2.txt": TEXT}).replace("http://", "http://reader:geheim-789@")
    web.pages["/in/a/1.txt"] = (302, {"Location": f"{other.url}/1.txt".replace("127.0.0.1", "localhost")}, b"")
    other.pages["/1.txt"] = (200, DATED, TEXT)

    assert night_of(index).counts["articles_new"] == 2
    assert all("Authorization" in headers for headers in web.headers)
    assert other.headers
    assert not any("Authorization" in headers for headers in other.headers)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"geheim-789" in path.read_bytes()]
    assert "geheim-789" not in caplog.text
    other.close()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/in", "must end with / .* or .txt"),
        ("/nowhere/", "can't be listed: FileNotFoundError: the server answers 404"),
    ],
)
def test_an_address_that_is_no_landing_is_told_in_a_sentence(web, path, told):
    with pytest.raises(MissingLanding, match=told):
        discover([f"{web.url}{path}"])


class _Crowd:
    """How many requests a server answers at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = self.most = 0

    def __call__(self, _handler):
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.05)
        with self._lock:
            self.now -= 1
        return 200, DATED, TEXT


def test_files_are_read_several_at_once_in_their_order(web):
    crowd = _Crowd()
    index = serve(web, {f"a/{n:02}.txt": TEXT for n in range(64)})
    web.pages |= dict.fromkeys([f"/in/a/{n:02}.txt" for n in range(64)], crowd)

    with within(3):  # one after the other: 6.4 seconds
        files = discover([index], 0)
        assert [item.file for item, _ in fetch.fetched(files)] == [item.file for item in files]
    assert 4 < crowd.most <= 16


def test_the_bytes_that_wait_in_memory_are_bounded(web, monkeypatch):
    monkeypatch.setattr(fetch, "MAX_BYTES_AHEAD", 3 * len(TEXT))
    index = serve(web, {f"a/{n:02}.txt": TEXT for n in range(20)})
    files = discover([index], 0)
    crowd = _Crowd()
    web.pages |= dict.fromkeys([f"/in/a/{n:02}.txt" for n in range(20)], crowd)

    taken = fetch.fetched(files)
    next(taken)
    time.sleep(0.3)
    assert len([path for method, path in web.asked if method == "GET" and path != "/in/"]) <= 4
    assert len(list(taken)) == 19
    assert crowd.most <= 3
