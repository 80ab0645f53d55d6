"""Automations that are shipped as code: each reacts to an event of our own, none to what did not happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from prefect import task

from tasks.server.prefect_api import Json, Prefect, connected
from tasks.trade_events import PREFIX

ATTENTION = "attention/attention"
"""The deployment that puts a run before managers: it ends as *Attention*, in red."""
OURS = "reviewflow: "


@dataclass(frozen=True, slots=True)
class Automation:
    """An event, and the words with which attention is asked for."""

    name: str
    event: str
    words: str
    related: Mapping[str, str] = field(default_factory=dict)
    """What the step or the limit of the event must say."""


SHIPPED = (
    Automation(
        "overdue for three days",
        "item.overdue",
        "Overdue for three working days",
        {"prefect.resource.role": "item", "reviewflow.days-overdue": "3"},
    ),
    Automation("a time limit is at risk", "limit.at-risk", "A time limit will not be met as things stand"),
    Automation("delivery is failing", "delivery.failing", "Letters could not be handed over"),
    Automation("no good sweep", "sweep.*", "A sweep was missed, or a part of it failed"),
)


def as_prefect_takes_it(automation: Automation, deployment_id: str) -> Json:
    """With its trigger and its action; at each event once."""
    return {
        "name": f"{OURS}{automation.name}",
        "description": f"{automation.words}: a run named “attention” says so, in red.",
        "enabled": True,
        "trigger": {
            "type": "event",
            "posture": "Reactive",
            "expect": [f"{PREFIX}.{automation.event}"],
            "match_related": dict(automation.related),
            "threshold": 1,
            "within": 0,
        },
        "actions": [
            {
                "type": "run-deployment",
                "source": "selected",
                "deployment_id": deployment_id,
                "parameters": {
                    "words": automation.words,
                    "about": _template("{{ event.resource.name }}"),
                    "detail": _template("{{ event.payload.about }}"),
                },
            }
        ],
    }


def _template(text: str) -> Json:
    return {"__prefect_kind": "jinja", "template": text}


def save_automations(prefect: Prefect) -> int:
    """Create or correct the shipped ones; returns how many. What people made, and a pause of ours, stays."""
    saved = {entry["name"]: entry for entry in prefect.automations()}
    deployment, written = prefect.deployment_id(ATTENTION), 0
    for automation in SHIPPED:
        wanted = as_prefect_takes_it(automation, deployment)
        before = saved.get(wanted["name"])
        if before is None or not _is_within(wanted, before):
            kept = {"enabled": before["enabled"]} if before else {}
            prefect.save_automation({**wanted, **kept}, before["id"] if before else None)
            written += 1
    return written


def _is_within(wanted: object, found: object) -> bool:
    """Whether what is wanted stands so; Prefect adds fields of its own, and a pause is a person's."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return all(name == "enabled" or _is_within(value, found.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_is_within, wanted, found))
    return wanted == found


@task(name="keep automations", retries=2, retry_delay_seconds=10)
def keep_automations() -> int:
    """Save the shipped automations in Prefect; returns how many were written."""
    with connected() as prefect:
        return save_automations(prefect)
