"""The version of the lexicon: what a word's analysis depends on, in one hash."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

_TRANSFORMS: Final = Path(__file__).parents[1]
_FILES: Final = ("lexicon/*.py", "knowledge/*.csv", "normalize.py", "words.py")
_PACKAGES: Final = ("polars", "pyarabic", "simplemma", "wordfreq")
"""Their data and their Unicode tables."""


@cache
def lexicon_version() -> str:
    """A hash over the code of the lexicon, the knowledge tables and the versions of the packages that it builds on."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in _FILES for file in _TRANSFORMS.glob(pattern)):
        digest.update(file.name.encode() + file.read_bytes())
    digest.update(" ".join(f"{name} {version(name)}" for name in _PACKAGES).encode())
    return digest.hexdigest()[:16]
