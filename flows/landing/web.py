"""A web server: what it tells about a file, and the file, within limits."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from flows.landing.addresses import scrub
from flows.landing.file import EPOCH, UNTOLD
from flows.landing.patience import Refusal, Unreached, named, patiently

MAX_REDIRECTS: Final = 5
MAX_PAGE_BYTES: Final = 64 * 1024 * 1024
"""An index or list that is longer is no index."""

TIMEOUT: Final = httpx.Timeout(30, connect=10)
MAX_SECONDS: Final = 900
"""A file that takes longer is given up: a server that drips bytes holds no night."""

_MAY_PASS: Final = frozenset({408, 425, 429})
_NO_HEAD: Final = frozenset({403, 405, 501})
"""Answers of servers that only know GET."""
_PACKED: Final = (".gz", ".tgz", ".zst")


@dataclass(frozen=True)
class Told:
    """What a server tells about a file before it is fetched."""

    size: int
    modified_at: datetime
    fingerprint: str | None


class Web:
    """Files by their addresses. User and password of an address go to its own server only."""

    protocol = "http"

    def __init__(self) -> None:
        self._client = httpx.Client(
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            timeout=TIMEOUT,
            headers={"Accept-Encoding": "identity", "User-Agent": "mustawda"},
        )

    def __del__(self) -> None:
        self._client.close()

    def cat_file(self, url: str, start: int | None = None, end: int | None = None) -> bytes:
        """The bytes of a file up to `end`; one that is longer than that is not read to its end.

        Raises Refusal and its like where the answer is final, errors of httpx where it may pass.
        """
        with self._answer("GET", url) as answer:
            return _body(answer, end)[start or 0 :]

    def page(self, url: str) -> tuple[str, str]:
        """(address after redirects, text) of an index or list."""
        with self._answer("GET", url) as answer:
            data = _body(answer, MAX_PAGE_BYTES + 1)
            if len(data) > MAX_PAGE_BYTES:
                raise Refusal(f"the page is longer than {MAX_PAGE_BYTES:,} bytes")
            return str(answer.url), data.decode(answer.encoding or "utf-8", "replace")

    def told(self, url: str) -> Told:
        """What the server tells about a file; a final answer is its fingerprint, so it is asked for once."""
        try:
            return patiently(lambda: self._told(url))
        except Unreached:
            return Told(0, EPOCH, UNTOLD)
        except OSError as error:
            return Told(0, EPOCH, named(error))

    def _told(self, url: str) -> Told:
        with self._open("HEAD", url) as answer:
            if answer.status_code not in _NO_HEAD:
                return _told_by(answer)
        with self._open("GET", url) as answer:
            return _told_by(answer)

    @contextmanager
    def _answer(self, method: str, url: str) -> Iterator[httpx.Response]:
        """The answer that holds the file, its body not yet read."""
        with self._open(method, url) as answer:
            _judge(answer)
            yield answer

    @contextmanager
    def _open(self, method: str, url: str) -> Iterator[httpx.Response]:
        """The answer behind all redirects."""
        try:
            with self._client.stream(method, url) as answer:
                yield answer
        except httpx.TooManyRedirects as error:
            raise Refusal(f"more than {MAX_REDIRECTS} redirects") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise Refusal(f"the address, or one that it leads to, is not of http(s): {scrub(error)}") from error


def _told_by(answer: httpx.Response) -> Told:
    """What the head of an answer tells; without an ETag or a time of change, nothing that could be compared."""
    _judge(answer)
    etag, length = answer.headers.get("etag"), answer.headers.get("content-length", "")
    modified_at = _moment(answer.headers.get("last-modified", ""))
    fingerprint = etag or (UNTOLD if modified_at == EPOCH else None)
    return Told(int(length) if length.isdecimal() else 0, modified_at, fingerprint)


def _judge(answer: httpx.Response) -> None:
    """Raises FileNotFoundError, PermissionError, Refusal or HTTPStatusError where there is no file."""
    secure_before = [step.url.scheme == "https" for step in answer.history]
    if any(secure_before) and answer.url.scheme != "https":
        raise Refusal("a redirect leads from https:// to http://")
    status = answer.status_code
    sentence = f"the server answers {status} {answer.reason_phrase}".strip()
    if status in (404, 410):
        raise FileNotFoundError(sentence)
    if status in (401, 403):
        raise PermissionError(sentence)
    if status >= 500 or status in _MAY_PASS:
        raise httpx.HTTPStatusError(sentence, request=answer.request, response=answer)
    if status != 200:
        raise Refusal(sentence)


def _body(answer: httpx.Response, end: int | None) -> bytes:
    """The body up to `end`; a file that is packed is not unpacked, whatever the server calls it."""
    started = time.monotonic()
    data = bytearray()
    for piece in answer.iter_raw() if answer.url.path.lower().endswith(_PACKED) else answer.iter_bytes():
        data += piece
        if end is not None and len(data) >= end:
            return bytes(data[:end])
        if time.monotonic() - started > MAX_SECONDS:
            raise TimeoutError(f"not read to its end within {MAX_SECONDS} seconds")
    return bytes(data)


def _moment(header: str) -> datetime:
    """A date of HTTP in UTC; the epoch where there is none."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, TypeError, OverflowError):
        return EPOCH
