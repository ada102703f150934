"""Automations of Prefect around the deployment: a dead run is called dead, and somebody is told of a bad night."""

from datetime import timedelta
from typing import Final, cast
from uuid import UUID

from prefect import get_client
from prefect.automations import AutomationCore, EventTrigger, Posture
from prefect.blocks.webhook import Webhook
from prefect.client.schemas.objects import StateType
from prefect.events.actions import CallWebhook, ChangeFlowRunState
from prefect.events.schemas.events import ResourceSpecification
from prefect.types import SecretDict
from pydantic import SecretStr

HEARTBEAT_SECONDS: Final = 30
"""Between two signs of life of a run: the least that Prefect allows."""

DEAD: Final = "mustawda: a run without heartbeat is crashed"
NOTICE: Final = "mustawda: a notice of a bad night"

_RUN: Final = ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]})
_ENDS: Final = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "TimedOut", "Cancelled", "Crashed")}
_BAD: Final = {f"prefect.flow-run.{state}" for state in ("Failed", "TimedOut", "Crashed", "Late")}

_BODY: Final = """{
    "text": {{ (flow_run.name ~ ": " ~ flow_run.state.name ~ ". " ~ (flow_run.state.message or "")) | tojson }},
    "run": {{ flow_run.name | tojson }},
    "state": {{ flow_run.state.name | tojson }},
    "reason": {{ (flow_run.state.message or "") | tojson }},
    "flow_run_id": "{{ flow_run.id }}"
}"""
"""A chat shows `text`; the rest is for machines."""


def crash_the_dead(deployment_id: UUID) -> None:
    """A run of the deployment that was alive and missed three heartbeats is CRASHED, which frees its place."""
    beat = "prefect.flow-run.heartbeat"
    trigger = EventTrigger(
        after={beat},
        expect={beat, *_ENDS},
        match=_RUN,
        match_related=_of(deployment_id),
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=3 * HEARTBEAT_SECONDS),
    )
    message = "No sign of life for 90 seconds: the process was killed or the machine stopped."
    crash = ChangeFlowRunState(name=None, state=StateType.CRASHED, message=message, force=False)
    _keep(AutomationCore(name=DEAD, trigger=trigger, actions=[crash]))


def send_notices(deployment_id: UUID, webhook: SecretStr) -> None:
    """A run of the deployment that failed, crashed or was taken by no worker is posted to the webhook as JSON."""
    block = Webhook(method="POST", url=webhook, headers=SecretDict({"Content-Type": "application/json"}))
    block_id = cast(UUID, block.save("mustawda-notice", overwrite=True))  # a coroutine only where the caller is one
    trigger = EventTrigger(
        expect=_BAD,
        match=_RUN,
        match_related=_of(deployment_id),
        posture=Posture.Reactive,
        threshold=1,
    )
    _keep(
        AutomationCore(name=NOTICE, trigger=trigger, actions=[CallWebhook(block_document_id=block_id, payload=_BODY)])
    )


def has(name: str) -> bool:
    """Whether an automation of this name is there and switched on."""
    with get_client(sync_client=True) as client:
        return any(automation.enabled for automation in client.read_automations_by_name(name))


def _of(deployment_id: UUID) -> ResourceSpecification:
    return ResourceSpecification(
        {"prefect.resource.id": f"prefect.deployment.{deployment_id}", "prefect.resource.role": "deployment"}
    )


def _keep(wanted: AutomationCore) -> None:
    """Makes the automation, or makes the one of its name the same.

    One that is the same already is left alone: an update would forget which runs it waits for, and a run that died
    with its server would never be called dead.
    """
    with get_client(sync_client=True) as client:
        known = client.read_automations_by_name(wanted.name)
        if not known:
            client.create_automation(wanted)
        elif AutomationCore.model_validate(known[0].model_dump(exclude={"id"})) != wanted:
            client.update_automation(known[0].id, wanted)
