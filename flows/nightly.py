"""The night as a flow of Prefect: every step a task, the summary an artifact, its end an event."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import prefect
from prefect import Flow, State, Task, flow, runtime
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, TaskRun
from prefect.events import emit_event
from prefect.tasks import exponential_backoff

from flows import logs
from flows.night import run_night
from flows.orchestration import artifacts
from flows.orchestration.label import label, time_zone_of
from flows.settings import Settings
from flows.terms import Night, Progress, Summary, watcher
from flows.terms import Task as Work
from flows.trouble import Trouble
from flows.warehouse.checks import BrokenClaim

Result = TypeVar("Result")


def may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again may help: a server that does not answer may come back, a wrong folder stays wrong."""
    return not isinstance(state.result(raise_on_failure=False), Trouble)


_AT_THE_EDGE: Final[dict[str, Any]] = {
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(backoff_factor=10),  # 10, 20, 40 s
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": may_pass,
}
"""Only listing the landing is tried again: digest is pure, load and publish must not begin twice on what they left."""


def as_task(name: str, call: Callable[[], Result]) -> Result:
    """A step as a task run of its own name; nothing is cached, as a frame costs more to hash than to make."""
    kind, _, number = name.partition("-")
    options = _AT_THE_EDGE if kind == "discover" else {}

    @prefect.task(
        name=kind, task_run_name=name, tags=[kind], cache_policy=NO_CACHE, persist_result=False, **options
    )  # fmt: skip
    def step() -> Result:
        return call()

    with logs.about(**({"batch": f"{int(number):04}"} if kind == "digest" else {})):
        return step()


def night_label() -> date:
    """The day for which the run is scheduled, in the time zone of its schedule; today for a run of no deployment."""
    deployment_id = runtime.deployment.id
    return label(runtime.flow_run.scheduled_start_time, _time_zone(deployment_id)) if deployment_id else date.today()


def run_name() -> str:
    """Like night-2026-11-23."""
    return f"night-{runtime.flow_run.parameters.get('night') or night_label()}"


def tell_failed(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001  # a hook
    """The event of a night that failed or crashed."""
    related = [{"prefect.resource.id": f"prefect.flow-run.{flow_run.id}", "prefect.resource.role": "flow-run"}]
    emit_event("mustawda.night.failed", _resource(flow_run.name), related=related, payload={"reason": state.message})


@flow(
    flow_run_name=run_name, persist_result=False, on_failure=[tell_failed], on_crashed=[tell_failed]
)  # fmt: skip
def nightly(
    night: date | None = None,
    landing: list[str] | None = None,
    warehouse: Path | None = None,
    sources: Path | None = None,
    task: Work = "new",
    drop_missing: bool = False,
) -> Summary:
    """Loads everything new in the landing and publishes it; what is not given comes from MUSTAWDA_* settings."""
    given: dict[str, Any] = {"landing": landing, "warehouse": warehouse, "sources": sources}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    logs.speak(settings.log_format)
    asked = Night(settings, night or night_label(), task, str(runtime.flow_run.id), drop_missing)
    try:
        summary = run_night(asked, as_task, _both(watcher.get(), artifacts.progress_bar()))
    except BrokenClaim as broken:
        artifacts.show_broken(broken.claims)
        raise
    artifacts.show_summary(summary)
    emit_event(f"mustawda.night.{summary.outcome}", _resource(runtime.flow_run.name), payload=_payload(summary))
    return summary


@cache
def _time_zone(deployment_id: str) -> str:
    with prefect.get_client(sync_client=True) as client:
        return time_zone_of(client.read_deployment(deployment_id).schedules)


def _both(one: Progress, other: Progress) -> Progress:
    def tell(what: str, done: int, total: int) -> None:
        one(what, done, total)
        other(what, done, total)

    return tell


def _resource(name: str) -> dict[str, str]:
    return {"prefect.resource.id": f"mustawda.{name}", "prefect.resource.name": name}


def _payload(summary: Summary) -> dict[str, Any]:
    """What an automation may ask of a night."""
    counted = {name: value for name, value in summary.counts.items() if isinstance(value, int | float)}
    return {"version": summary.version, "warnings": list(summary.warnings), "seconds": summary.seconds, **counted}
