"""Bytes -> text, with the name of the encoding."""

import codecs
import re
from contextlib import suppress
from typing import Final

from charset_normalizer import from_bytes

from flows.landing.faults import Fault

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_DAMAGE: Final = 0.01
"""So much of a text may be broken bytes (a file cut in a letter, a bad disk) and still be read."""
_MAX_DAMAGE_OF_ARABIC: Final = 0.05
"""The same where Arabic letters prove the encoding: in a short text a few broken bytes are many per cent."""

_GUESS_BYTES: Final = 100_000
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_CONTROLS: Final = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_CONTROL: Final = re.compile(f"[{re.escape(_CONTROLS.decode())}]")


def decode(data: bytes, stated: str | None = None, declared: str | None = None) -> tuple[str, str]:
    """(text, encoding). Tries what sources.toml states, marks at the start, what the file itself declares, UTF-8,
    UTF-16, windows-1256.

    Raises Fault: empty_file, not_text, undecodable.
    """
    if not data:
        raise Fault("empty_file", "the file has no bytes")
    if stated:
        return _decode_stated(data, stated)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_stated(data, encoding)
    if declared:
        with suppress(Fault):  # what a page says of itself is often wrong; what is UTF-8 throughout is nothing else
            return _decode_stated(data, "utf-8" if _is_utf_8(data) else declared)
    has_controls = len(data) - len(data.translate(None, _CONTROLS)) > len(data) * _MAX_DAMAGE
    text = data.decode("utf-8", errors="replace")
    if _is_whole(text) and not has_controls:
        return text, "utf-8"
    for encoding in ("utf-16-le", "utf-16-be"):
        if _is_arabic(text := data.decode(encoding, errors="replace")):
            return text, encoding
    if has_controls:
        raise Fault("not_text", "the file is binary")
    if _is_arabic(text := data.decode("windows-1256", errors="replace")):
        return text, "windows-1256"
    return _guess(data)


def _decode_stated(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, errors="replace")
    if not _is_whole(text):
        raise Fault("undecodable", f"{_damage(text):.0%} of the text is broken: it is not {encoding}")
    if len(_CONTROL.findall(text)) > len(text) * _MAX_DAMAGE:
        raise Fault("not_text", f"the file is binary: as {encoding} it is full of control characters")
    return text.lstrip("\ufeff"), encoding


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> tuple[str, str]:
    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        raise Fault("undecodable", "no encoding tried gives a text; state one in sources.toml")
    return _decode_stated(data, best.encoding)


def _is_whole(text: str) -> bool:
    damage = _damage(text)
    return damage <= _MAX_DAMAGE or (damage <= _MAX_DAMAGE_OF_ARABIC and _is_arabic(text))


def _damage(text: str) -> float:
    """The share of characters that stand for broken bytes, a letter cut at the end of the file aside."""
    return (text.count("\ufffd") - 1) / max(len(text), 1)


def _is_arabic(text: str) -> bool:
    """Whether most of what is beyond ASCII are Arabic letters: else the encoding was the wrong guess."""
    beyond = len(_BEYOND_ASCII.findall(text))
    return len(_ARABIC.findall(text)) > beyond * 0.7
