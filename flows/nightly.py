"""The night as a flow of Prefect: every step a task, the summary an artifact."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import prefect
from prefect import Flow, flow, runtime
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night, Progress, Summary, Task, silently

Result = TypeVar("Result")


def as_task(name: str, call: Callable[[], Result]) -> Result:
    """A step as a task run of its own name; nothing is cached, as a frame costs more to hash than to make."""

    @prefect.task(name=name, task_run_name=name, cache_policy=NO_CACHE, persist_result=False)
    def step() -> Result:
        return call()

    return step()


def nightly_flow(progress: Progress = silently) -> Flow[..., Summary]:
    """The flow `nightly`, telling its progress to whoever watches."""

    @flow(name="nightly", flow_run_name="night-{night}", persist_result=False, log_prints=False)
    def nightly(
        night: date | None = None,
        landing: list[str] | None = None,
        warehouse: Path | None = None,
        sources: Path | None = None,
        task: Task = "new",
        drop_missing: bool = False,
    ) -> Summary:
        """Loads everything new in the landing and publishes it; what is not given comes from MUSTAWDA_* settings."""
        given: dict[str, Any] = {"landing": landing, "warehouse": warehouse, "sources": sources}
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
        flow_run_id = str(runtime.flow_run.id)
        summary = run_night(Night(settings, night or date.today(), task, flow_run_id, drop_missing), as_task, progress)
        create_markdown_artifact(_as_markdown(summary), key="night-summary", description="What the night did")
        create_table_artifact(
            [{"reason": reason, "rejected": count} for reason, count in summary.rejected.items()],
            key="night-rejections",
            description="Files and records that could not be used, by reason",
        )
        return summary

    return nightly


nightly = nightly_flow()
"""The flow that a deployment runs."""


def _as_markdown(summary: Summary) -> str:
    lines = [f"| {name} | {value} |" for name, value in {"outcome": summary.outcome, **summary.counts}.items()]
    return "\n".join([f"# Night {summary.night}", "", "| | |", "|---|---|", *lines])
