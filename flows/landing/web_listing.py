"""The files that a web server names: in an index of links, or in a list with an address a line."""

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from flows.landing.addresses import public
from flows.landing.archives.opening import no_member
from flows.landing.file import LandingFile, MissingLanding, as_text, named_after
from flows.landing.patience import patiently
from flows.landing.web import Told, Web

MAX_PAGES: Final = 10_000
MAX_FILES: Final = 1_000_000
"""More pages or files are no index but a maze."""

_UNFIT: Final = re.compile(r"(^|/)\.{0,2}(/|$)|[\x00-\x1f]")
"""Empty parts, «.», «..» and control characters: no file of an index has them in its path."""


def web_files(web: Web, url: str, threads: int) -> list[LandingFile]:
    """The files of an index (an address that ends with /) or a list (one that ends with .txt).

    Raises MissingLanding, and errors of the server. A file that the server refuses is listed, to be named when read.
    """
    path = urlsplit(url).path
    if not path.endswith(("/", ".txt")):
        raise MissingLanding(
            f"the landing {public(url)} must end with / (an index of links) or .txt (a list with an address a line)"
        )
    with ThreadPoolExecutor(threads) as pool:
        addresses = _of_index(web, url, pool) if path.endswith("/") else _of_list(web, url)
        told = pool.map(web.told, addresses.values())
        folder = _folder(url)
        return [
            _file(web, name, address, facts, folder)
            for (name, address), facts in zip(addresses.items(), told, strict=True)
        ]


def _file(web: Web, name: str, address: str, told: Told, folder: str) -> LandingFile:
    return LandingFile(no_member(name), told.size, told.modified_at, address, web, told.fingerprint, folder=folder)


def _folder(url: str) -> str:
    """The name of the folder that the index or the list lies in; at the top of a server, that of the server."""
    parts = urlsplit(urljoin(url, "."))
    return named_after(unquote(parts.path).rstrip("/") or parts.hostname or "")


def _of_index(web: Web, url: str, pool: ThreadPoolExecutor) -> dict[str, str]:
    """Name = address of every link below the index, through its folders, page by page of one depth at once."""
    base = urljoin(url, urlsplit(url).path)
    found: dict[str, str] = {}
    seen, level = {base}, [base]
    while level:
        links = [link for page in pool.map(lambda page: _links(web, page, base), level) for link in page]
        found |= {_below(base, link): link for link in links if not link.endswith("/")}
        level = list(dict.fromkeys(link for link in links if link.endswith("/") and link not in seen))
        seen |= set(level)
        if len(seen) > MAX_PAGES or len(found) > MAX_FILES:
            raise MissingLanding(f"the index {public(url)} has more than {MAX_PAGES:,} folders or {MAX_FILES:,} files")
    return found


def _links(web: Web, page: str, base: str) -> list[str]:
    """The addresses below `base` that a page links to; links to other places and for sorting are none."""
    _, text = patiently(lambda: web.page(page))
    parser = _Anchors()
    parser.feed(text)
    addresses = (urljoin(page, link) for link in parser.links)
    return [link for link in addresses if link.startswith(base) and link != page and _is_fit(_below(base, link), link)]


def _is_fit(name: str, link: str) -> bool:
    return "?" not in link and not _UNFIT.search(name.removesuffix("/"))


def _below(base: str, link: str) -> str:
    return _unquoted(link.removeprefix(base))


def _unquoted(path: str) -> str:
    return as_text(unquote(path, errors="surrogateescape"))


class _Anchors(HTMLParser):
    """The targets of the links of a page, without what stands behind #."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the href of an <a>."""
        if tag == "a" and (link := dict(attrs).get("href")):
            self.links.append(link.strip().partition("#")[0])


def _of_list(web: Web, url: str) -> dict[str, str]:
    """Name = address of every line; lines that begin with # are comments."""
    _, text = patiently(lambda: web.page(url))
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    addresses = [urljoin(url, line) for line in lines if line and not line.startswith("#")]
    if len(addresses) > MAX_FILES:
        raise MissingLanding(f"the list {public(url)} has more than {MAX_FILES:,} lines")
    folder = public(urljoin(url, "."))
    return {_name(public(address), folder): address for address in addresses}


def _name(address: str, folder: str) -> str:
    """Below the list's own folder a file has its path there, elsewhere host/path."""
    path = address.removeprefix(folder) if address.startswith(folder) else address.partition("://")[2]
    return _unquoted(path).strip("/")
