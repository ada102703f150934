"""The schedule: the night as a deployment of Prefect, run by a worker (deploy) or by this process (serve)."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast
from zoneinfo import ZoneInfo, available_timezones

from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.workers.process import ProcessWorker
from pydantic import SecretStr, ValidationError

from flows.orchestration import automations
from flows.orchestration.label import time_zone_of
from flows.trouble import Trouble

NAME: Final = "night"
DEPLOYMENT: Final = f"nightly/{NAME}"
POOL: Final = "mustawda"


class BadSchedule(Trouble):
    """The cron line or the time zone can't be used."""

    exit_code = 2


class NotDeployed(Trouble):
    """The deployment could not be made."""


@dataclass(frozen=True)
class Plan:
    """When the night runs and with which parameters; the rest comes from MUSTAWDA_* where it runs."""

    cron: str
    time_zone: str
    parameters: dict[str, Any]
    webhook: SecretStr | None = None

    def __post_init__(self) -> None:
        """Raises BadSchedule."""
        if self.time_zone not in available_timezones():
            raise BadSchedule(f"«{self.time_zone}» is no time zone; write it like Asia/Riyadh")
        try:
            CronSchedule(cron=self.cron, timezone=self.time_zone)
        except ValidationError as error:
            raise BadSchedule(f"«{self.cron}» is no cron line; «0 2 * * *» is two o'clock every night") from error


def deploy(plan: Plan, project: Path) -> DeploymentResponse:
    """Makes or renews work pool, deployment and automations, which may be done any number of times.

    Raises NotDeployed.
    """
    _keep_pool()
    _run_prefect_deploy(plan, project)
    deployment = deployed()
    if deployment is None:
        raise NotDeployed(f"Prefect took the deployment but does not list it as {DEPLOYMENT}")
    _keep_automations(deployment, plan)
    return deployment


def serve(plan: Plan) -> None:
    """Runs the night by its schedule in processes of this machine until it is stopped; the schedule stays active."""
    from flows.nightly import nightly

    made = nightly.to_deployment(
        NAME,
        schedule=Cron(plan.cron, timezone=plan.time_zone),
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        parameters=plan.parameters,
        tags=["mustawda"],
    )
    runner = Runner(name=NAME, pause_on_shutdown=False, heartbeat_seconds=automations.HEARTBEAT_SECONDS)
    runner.add_deployment(cast(RunnerDeployment, made))
    if (known := deployed()) is not None:
        _keep_automations(known, plan)
    asyncio.run(runner.start())


def deployed() -> DeploymentResponse | None:
    """The deployment as the API knows it."""
    with get_client(sync_client=True) as client:
        try:
            return client.read_deployment_by_name(DEPLOYMENT)
        except ObjectNotFound:
            return None


def next_night(deployment: DeploymentResponse) -> datetime | None:
    """When the next run is due, in the time zone of the schedule; None where none is scheduled."""
    waiting = {"deployment_id": {"any_": [deployment.id]}, "state": {"type": {"any_": ["SCHEDULED"]}}}
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate(waiting),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=1,
        )
    due = runs[0].expected_start_time if runs else None
    return due.astimezone(ZoneInfo(time_zone_of(deployment.schedules))) if due else None


def workers_online() -> int:
    """How many workers of the pool have shown themselves lately."""
    with get_client(sync_client=True) as client:
        workers = client.read_workers_for_work_pool(POOL)
    return sum(worker.status == "ONLINE" for worker in workers)


def _keep_pool() -> None:
    template = ProcessWorker.get_default_base_job_template()
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=POOL, type="process", base_job_template=template))
        except ObjectAlreadyExists:
            return


def _run_prefect_deploy(plan: Plan, project: Path) -> None:
    """`prefect deploy`, which reads prefect.yaml; the schedule reaches it as that file expects, by the environment."""
    if not (project / "prefect.yaml").exists():
        raise NotDeployed(f"there is no prefect.yaml in {project}: run it in a clone, or with --project CLONE")
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--name", NAME]
    parameters = ["--params", json.dumps(plan.parameters)] if plan.parameters else []
    schedule = {"MUSTAWDA_CRON": plan.cron, "MUSTAWDA_TIMEZONE": plan.time_zone}
    done = subprocess.run(
        [*command, *parameters],
        cwd=project,
        env={**os.environ, **schedule},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise NotDeployed(f"prefect deploy failed: {lines[-1] if lines else 'it said nothing'}")


def _keep_automations(deployment: DeploymentResponse, plan: Plan) -> None:
    automations.crash_the_dead(deployment.id)
    if plan.webhook:
        automations.send_notices(deployment.id, plan.webhook)
