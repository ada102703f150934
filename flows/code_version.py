"""Which code a load was made by: the version of the package, and a hash over what decides the rows."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

_HOUSE: Final = Path(__file__).parents[1]
_DECIDES: Final = ("transforms/**/*.py", "transforms/knowledge/*.csv", "flows/landing/**/*.py", "sql/**/*.sql")


@cache
def code_version() -> str:
    """Like 0.1.0+3f9a1c27: changes with the code of transforms and landing, the knowledge tables and the SQL."""
    digest = hashlib.sha256()
    for pattern in _DECIDES:
        for file in sorted(_HOUSE.glob(pattern)):
            digest.update(file.relative_to(_HOUSE).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{version('mustawda')}+{digest.hexdigest()[:8]}"
