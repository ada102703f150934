"""Addresses and messages without the secrets that they may hold."""

import os
import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_USER: Final = re.compile(r"(?<=://)[^/\s]*@")
_SIGNING: Final = frozenset({"sig", "signature", "x-amz-signature", "x-goog-signature"})
"""Parameters of signed addresses: what stands beside them is part of the signature."""
_SECRET: Final = re.compile(r"(?i)sig|key|.*(signature|credential|token|secret|password|api_?key).*|awsaccesskeyid")
_PARAMETER: Final = re.compile(r"([?&;])([^=&\s?;]+)=[^&\s'\"<>»;]*")
_SECRET_VARIABLE: Final = re.compile(r"(?i)secret|password|passwd|token|_key$|credential|connection_string")
_SHORTEST_SECRET: Final = 6


def public(url: str) -> str:
    """The address without user, password and signature: it may stand in tables and logs."""
    parts = urlsplit(_USER.sub("", url))
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [] if {name.lower() for name, _ in query} & _SIGNING else [pair for pair in query if not _is_secret(pair[0])]
    return urlunsplit(parts if kept == query else parts._replace(query=urlencode(kept)))


def scrub(message: object) -> str:
    """A message without passwords and signatures of addresses in it, and without secrets of the environment."""
    text = _USER.sub("", str(message))
    text = _PARAMETER.sub(lambda found: f"{found[1]}{found[2]}=…" if _is_secret(found[2]) else found[0], text)
    for name, value in os.environ.items():
        if _SECRET_VARIABLE.search(name) and len(value) >= _SHORTEST_SECRET:
            text = text.replace(value, "…")
    return text


def _is_secret(parameter: str) -> bool:
    return _SECRET.fullmatch(parameter) is not None
