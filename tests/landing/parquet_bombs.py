"""Parquet files made by hand: small to deliver, large to read, or with lies in their metadata."""

import struct
from collections.abc import Callable, Iterator
from typing import Final

import zstandard

_ZSTD: Final = 6
_TEXT: Final = 6  # BYTE_ARRAY
_UTF8, _LIST = 0, 3
_PLAIN, _RLE, _DICTIONARY = 0, 3, 8
_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2


class I32(int):
    """A number that Thrift's compact protocol marks as short."""


def thrift(fields: dict[int, object]) -> bytes:
    """A Thrift struct in the compact protocol."""
    data, last = b"", 0
    for number, value in sorted(fields.items()):
        kind, written = _value(value)
        data += bytes([(number - last) << 4 | kind]) + written
        last = number
    return data + b"\0"


def _value(value: object) -> tuple[int, bytes]:
    """(type, bytes) of a value."""
    if isinstance(value, int):
        return 5 if isinstance(value, I32) else 6, varint(2 * value)
    if isinstance(value, str):
        return 8, varint(len(value)) + value.encode()
    if isinstance(value, list):
        items = [_value(item) for item in value]
        return 9, bytes([0xF0 | items[0][0]]) + varint(len(items)) + b"".join(written for _, written in items)
    assert isinstance(value, dict)
    return 12, thrift(value)


def varint(number: int) -> bytes:
    data = bytearray()
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    return bytes([*data, number])


def run(value: int, count: int) -> bytes:
    """The same level or index `count` times, in the few bytes that RLE takes for it."""
    return varint(count << 1) + bytes([value])


def dictionary(text: bytes) -> bytes:
    """A page of one text, which every index names."""
    content = struct.pack("<I", len(text)) + text
    return _page(2, len(content), zstandard.compress(content), {7: {1: I32(1), 2: I32(_PLAIN)}})


def values(count: int, levels: bytes = b"") -> bytes:
    """A page of so many values, each the first of the dictionary."""
    content = levels + b"\x01" + run(0, count)
    return _data(count, len(content), zstandard.compress(content), _DICTIONARY)


def long_text(size: int) -> bytes:
    """A page of one text of so many bytes."""
    packer = zstandard.ZstdCompressor().compressobj()
    pieces = [packer.compress(struct.pack("<I", size)), *(packer.compress(piece) for piece in _letters(size))]
    return _data(1, 4 + size, b"".join([*pieces, packer.flush()]), _PLAIN)


def _letters(size: int) -> Iterator[bytes]:
    for start in range(0, size, 1 << 20):
        yield b"x" * min(1 << 20, size - start)


def _data(count: int, size: int, packed: bytes, encoding: int) -> bytes:
    return _page(0, size, packed, {5: {1: I32(count), 2: I32(encoding), 3: I32(_RLE), 4: I32(_RLE)}})


def _page(kind: int, size: int, packed: bytes, head: dict[int, object]) -> bytes:
    return thrift({1: I32(kind), 2: I32(size), 3: I32(len(packed)), **head}) + packed


def file(*pages: bytes, rows: int, count: int, groups: int = 1, is_list: bool = False) -> bytes:
    """A file of one column «body»; each of its groups is said to be the same pages, with `count` values in `rows`."""
    leaf = {1: I32(_TEXT), 3: I32(_OPTIONAL), 4: "element", 6: I32(_UTF8)}
    nodes = (
        [{3: I32(_OPTIONAL), 4: "body", 5: I32(1), 6: I32(_LIST)}, {3: I32(_REPEATED), 4: "list", 5: I32(1)}, leaf]
        if is_list
        else [{1: I32(_TEXT), 3: I32(_REQUIRED), 4: "body", 6: I32(_UTF8)}]
    )
    chunk = b"".join(pages)
    data_page = {9: 4 + len(chunk) - len(pages[-1])} | ({11: 4} if len(pages) > 1 else {})
    path = ["body", "list", "element"] if is_list else ["body"]
    encodings = [I32(_PLAIN), I32(_RLE), I32(_DICTIONARY)]
    column = {1: I32(_TEXT), 2: encodings, 3: path, 4: I32(_ZSTD), 5: count, 6: 1_000, 7: len(chunk), **data_page}
    group = {1: [{2: 0, 3: column}], 2: 1_000, 3: rows}
    schema = [{4: "schema", 5: I32(1)}, *nodes]
    footer = thrift({1: I32(2), 2: schema, 3: rows * groups, 4: [group] * groups})
    return b"PAR1" + chunk + footer + struct.pack("<I", len(footer)) + b"PAR1"


def rows_of(text: bytes, rows: int, groups: int = 1, declared: int | None = None) -> bytes:
    """A file that stores a text once and has it in every row; the metadata may declare another number of rows."""
    pages = dictionary(text), values(rows)
    return file(*pages, rows=rows if declared is None else declared, count=rows, groups=groups)


def list_of(text: bytes, count: int) -> bytes:
    """A file of one row: a list that has the same text so many times."""
    repeated = run(0, 1) + run(1, count - 1)
    levels = b"".join(struct.pack("<I", len(level)) + level for level in (repeated, run(3, count)))
    return file(dictionary(text), values(count, levels), rows=1, count=count, is_list=True)


def text_of(size: int) -> bytes:
    """A file of one row: a text of so many bytes."""
    return file(long_text(size), rows=1, count=1)


BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "a text in a billion rows": lambda: rows_of(b"x" * 1_000_000, 1_000_000_000),
    "a long text in few rows": lambda: rows_of(b"x" * 1_000_000, 60_000),
    "groups that are the same pages": lambda: rows_of(b"x" * 1_000, 1_000_000, groups=1_000),
    "a page of two gigabytes": lambda: text_of((1 << 31) - 5),
    "a page of 200 megabytes": lambda: text_of(200 << 20),
    "a list of a hundred million texts": lambda: list_of(b"abc", 100_000_000),
}
