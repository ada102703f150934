"""sources.toml: what each outlet's files look like."""

import hashlib
import tomllib
import zoneinfo
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from flows.trouble import Trouble
from transforms.contracts import SOURCE

_PROBE: Final = rb"\ud800 +2AA- " + b"\xd8"
"""Half characters as escapes can name them, and a broken byte: an encoding must make text of them, with U+FFFD."""

Form = Literal["joined", "paragraphs", "ant", "json", "jsonl", "csv", "parquet", "html"]


@cache
def _time_zones() -> set[str]:
    """Every time zone by name; looking for them takes a tenth of a second, for one outlet or for a hundred."""
    return zoneinfo.available_timezones()


class Fields(BaseModel):
    """Where a record keeps what: our column = the record's key (dots reach into objects)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    body: str | None = None
    abstract: str | None = None
    author: str | None = None
    category: str | None = None
    published_at: str | None = None
    delivered_at: str | None = None


class Source(BaseModel):
    """One outlet, or one feed of several outlets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    match: str | None = None
    name: str | None = None
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    timezone: str = "UTC"
    form: Form | None = None
    encoding: str | None = None
    published_on: date | None = None
    fields: Fields = Fields()

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in _time_zones():
            raise ValueError(f"«{name}» is no time zone; write it like Asia/Riyadh")
        return name

    @field_validator("encoding")
    @classmethod
    def _can_decode(cls, name: str | None) -> str | None:
        try:
            _PROBE.decode(name or "utf-8", "replace").encode()
        except (LookupError, UnicodeError) as error:
            raise ValueError(f"«{name}» is no encoding; write it like windows-1256") from error
        return name

    def covers(self, file: str) -> bool:
        """Whether a file of the landing is of this source."""
        return fnmatchcase(file, self.match) if self.match else file.split("/", 1)[0] == self.id

    def path_of(self, file: str) -> str:
        """The path of a file below the outlet's folder."""
        return file.removeprefix(self._folder)

    @cached_property
    def _folder(self) -> str:
        """The outlet's folder: those that `match` spells out."""
        if not self.match:
            return f"{self.id}/"
        spelled = self.match[: min((self.match.find(sign) for sign in "*?[" if sign in self.match), default=None)]
        return spelled[: spelled.rfind("/") + 1]


class Sources(BaseModel):
    """The whole sources.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: tuple[Source, ...] = ()
    _sha256: str = hashlib.sha256(b"").hexdigest()

    @property
    def sha256(self) -> str:
        """SHA-256 of the file that these sources were read from."""
        return self._sha256

    def of(self, file: str) -> Source:
        """The first entry that covers the file; without one, the folder's name is the outlet."""
        return next((source for source in self.source if source.covers(file)), None) or Source(id=file.split("/", 1)[0])

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """The first entry of each source_id."""
        return {source.id: source for source in reversed(self.source)}

    def frame(self) -> pl.DataFrame:
        """SOURCE rows, one for each source_id."""
        rows = [(id, entry.name or id, entry.country, entry.timezone) for id, entry in self.by_id.items()]
        return pl.DataFrame(rows, schema=SOURCE, orient="row")


class BadSources(Trouble):
    """sources.toml can't be used; the message says where and why."""


def read_sources(path: Path) -> Sources:
    """The sources of a file; none where the file does not exist."""
    if not path.exists():
        return Sources()
    try:
        text = path.read_text(encoding="utf-8")
        sources = Sources.model_validate(tomllib.loads(text))
        sources._sha256 = hashlib.sha256(text.encode()).hexdigest()
        return sources
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSources(f"{path}: no valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        known = f" (known keys: {', '.join(_keys_at(first['loc']))})" if first["type"] == "extra_forbidden" else ""
        raise BadSources(f"{path}: {place}: {first['msg']}{known}") from error


def _keys_at(place: tuple[int | str, ...]) -> Iterable[str]:
    """The keys that the table of an unknown key may have."""
    model = Fields if "fields" in place[:-1] else Source if len(place) > 1 else Sources
    return model.model_fields
