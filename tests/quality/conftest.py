"""The quality report: each test adds a row, the table is printed at the end (`pytest tests/quality -s`)."""

from collections.abc import Callable

import pytest

_ROWS: list[tuple[str, str, float, float]] = []


@pytest.fixture
def measured() -> Callable[[str, str, float, float], None]:
    """Notes (measure, set, value, floor) for the report and asserts the floor."""

    def note(measure: str, on: str, value: float, floor: float) -> None:
        _ROWS.append((measure, on, value, floor))
        assert value >= floor, f"{measure} on {on}: {value:.2f} is below {floor}"

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _ROWS:
        terminalreporter.section("quality of the text")
        terminalreporter.line(f"{'measure':42}{'set':22}{'value':>8}{'floor':>8}")
        for measure, on, value, floor in _ROWS:
            terminalreporter.line(f"{measure:42}{on:22}{value:8.2f}{floor:8.2f}")
