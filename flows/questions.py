"""Saved questions: sql/5_questions, each a query with a title, a way to read it, and named parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flows.trouble import Trouble
from flows.warehouse.place import SQL

_PARAMETER: Final = re.compile(r"^-- \$(?P<name>\w+) = (?P<default>[^:\n]*): (?P<meaning>.+)$", re.MULTILINE)


class UnknownQuestion(Trouble):
    """There is no such question, or it has no such parameter."""

    exit_code = 2


@dataclass(frozen=True)
class Question:
    """One saved question; `parameters` are its names with their default values."""

    name: str
    title: str
    reading: str
    parameters: dict[str, str]
    query: str

    def given(self, values: Mapping[str, str]) -> dict[str, str]:
        """The parameters with the given values, else their defaults. Raises UnknownQuestion."""
        if unknown := set(values) - set(self.parameters):
            known = ", ".join(f"{name}={default}" for name, default in self.parameters.items()) or "none"
            raise UnknownQuestion(f"«{self.name}» has no parameter {', '.join(sorted(unknown))}; it has: {known}")
        return self.parameters | dict(values)


def all() -> list[Question]:
    """Every saved question, by name."""
    scripts = sorted((SQL / "5_questions").glob("*.sql"))
    return [_question(script.stem, script.read_text(encoding="utf-8")) for script in scripts]


def named(name: str) -> Question:
    """The question of a name. Raises UnknownQuestion."""
    known = {question.name: question for question in all()}
    if name not in known:
        raise UnknownQuestion(f"there is no question «{name}»; there are: {', '.join(known)}")
    return known[name]


def _question(name: str, query: str) -> Question:
    title, reading = (line.removeprefix("-- ") for line in query.split("\n")[:2])
    parameters = {found["name"]: found["default"].strip() for found in _PARAMETER.finditer(query)}
    return Question(name, title, reading, parameters, query)
