"""One packed stream: what .gz and .zst hold."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Final, cast

import zstandard

from flows.landing.archives.member import Bomb, Budget, Member, Stream, fit_name, not_nested
from flows.landing.faults import Fault

BROKEN: Final = (OSError, EOFError, zlib.error, zstandard.ZstdError, ValueError)
_MAX_WINDOW: Final = 128 * 1024 * 1024
"""So much memory an unpacker may take: what «zstd --long» asks for."""


def unpacked(data: bytes, ending: str) -> Stream:
    """The stream within a .gz or .zst file."""
    if ending == "gz":
        return gzip.GzipFile(fileobj=io.BytesIO(data))
    unpacker = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
    return cast(Stream, unpacker.stream_reader(io.BytesIO(data), read_across_frames=True))


def member(data: bytes, ending: str, name: str, budget: Budget) -> Iterator[Member | Fault]:
    """The one file within. Raises Fault where it can't be unpacked."""
    try:
        content = budget.read(unpacked(data, ending))
        yield Member(fit_name(name), len(content), not_nested(content))
    except Bomb:
        raise
    except Fault as fault:
        yield Member(fit_name(name), 0, fault)
    except BROKEN as error:
        raise Fault("bad_form", f"the file is no {ending} archive, or a broken one: {error}") from error
