"""Dead runs: where a machine dies with what it ran, nobody is left to say that a run ended. Two watch for that.

Prefect's own watch is quick, and only where workers say that they live (`flows.worker` saves it). A run that said so,
and then says nothing three times over, is marked as crashed. It may still be at work, as when Prefect's own database
was away for long: it may run beside itself, and then ends as what it became.

The sweep is the other. Prefect's watch counts down once for each run: where its servers die while it does, or what it
decides is not carried out, it never looks again. So each sweep looks for itself whether anything was heard of a run for
as long as that, and ends the run where it was not. It believes silence only where it is heard itself: events that were
lost on the way, or wait, say nothing. Where no run says that it lives, it ends what has run for half an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from prefect.settings import get_current_settings

from tasks.automations import OURS
from tasks.outages import TO_BE_TRIED_AGAIN
from tasks.server.prefect_api import FORM, Json, Prefect, Run, state
from tasks.views.work_items import OPENING
from tasks.views.wound_up import run_again

NAME = f"{OURS}a run is dead"
SIGNS = ("heartbeat", "Running", "Submitting", "Pending")
"""After what something more must be heard: a machine may also die between taking a run and beginning it."""
MISSED = 3
UNSET = 180
"""Seconds between two signs of life, where nothing else is set."""
SLACK = 10
"""Seconds on top, for what is on its way."""
SILENT = "Nothing was heard of it any more: its machine died, or was cut off."
SWEEPS, FORMS = ("chase", "sweep-share", "attention"), ("open-case", "change-a-case", "verify-actions")
"""Flows that need nobody, and those that wait for a form."""
WORK = ("work-item",)
"""Flows that record an answer; without one they are looked after with their forms."""
LONGEST = timedelta(minutes=30)
"""How long any of them may take; after that its process counts as dead."""
KEPT = timedelta(days=1)
"""How long an answer is sought in a run that crashed."""


def silence() -> timedelta | None:
    """How long nothing is heard of a run that died; None where none says that it lives."""
    every = get_current_settings().flows.heartbeat_frequency
    return timedelta(seconds=MISSED * every + SLACK) if every else None


def watch() -> Json:
    """As Prefect takes it. Any later event of the run counts as life: the names of our last states are our own.

    The beginning counts as a sign of life too: it may be told after the first of them, and would be taken for the last.
    """
    every = get_current_settings().flows.heartbeat_frequency or UNSET
    return {
        "name": NAME,
        "description": "A run whose machine died is marked as crashed; the next sweep does what it left.",
        "enabled": True,
        "trigger": {
            "type": "event",
            "posture": "Proactive",
            "match": {"prefect.resource.id": "prefect.flow-run.*"},
            "for_each": ["prefect.resource.id"],
            "after": [f"prefect.flow-run.{sign}" for sign in SIGNS],
            "expect": ["prefect.flow-run.*"],
            "threshold": 1,
            "within": MISSED * every + SLACK,
        },
        "actions": [
            {
                "type": "change-flow-run-state",
                "state": "CRASHED",
                "message": SILENT,
            }
        ],
    }


def save_watch(prefect: Prefect) -> None:
    """Create the watch, or correct how long it waits."""
    saved = next((entry for entry in prefect.automations() if entry["name"] == NAME), None)
    wanted = watch()
    if saved is None or saved["trigger"]["within"] != wanted["trigger"]["within"]:
        prefect.save_automation(wanted, saved["id"] if saved else None)


def end_the_dead(prefect: Prefect, own: str) -> int:
    """End runs that only seem to be at work, and have those done again whose answers Prefect took; returns how many.

    And those whose answers an outage kept from being recorded. `own` is the id of the run that asks. What a form's run
    records, it records once, however often it runs.
    """
    ears, ended = Ears(prefect, own, prefect.now(), silence()), 0
    for run in prefect.of_flows(SWEEPS, "RUNNING", "PENDING"):
        if run.id != own and ears.think_dead(run):
            prefect.set_state(run.id, state("CRASHED", "Crashed", SILENT))
            ended += 1
    for run in prefect.of_flows(FORMS, "RUNNING", "PENDING", "CRASHED", "FAILED"):
        ended += ears.think_lost(run) and _taken_up(prefect, run)
    for run in prefect.of_flows(WORK, "RUNNING", "PENDING"):
        if run.state != OPENING and ears.think_dead(run) and _is_answered(prefect, run):
            run_again(prefect, run)
            ended += 1
    return ended


@dataclass(frozen=True, slots=True)
class Ears:
    """What one sweep hears of other runs, and of its own."""

    prefect: Prefect
    own: str
    now: datetime
    """The real time, as Prefect's server has it, in UTC."""
    silence: timedelta | None

    def think_dead(self, run: Run) -> bool:
        """Whether it has been at work for too long, or nothing was heard of it where something would have been."""
        for_so_long = self.now - run.since
        if self.silence is None or for_so_long <= self.silence:
            return for_so_long > LONGEST
        since = self.now - self.silence
        return for_so_long > LONGEST or (
            self.prefect.is_heard(self.own, since) and not self.prefect.is_heard(run.id, since)
        )

    def think_lost(self, run: Run) -> bool:
        """Whether what was answered in a form's run is not recorded, and nobody else will record it."""
        if run.type == "FAILED":
            return run.state == TO_BE_TRIED_AGAIN
        return self.now - run.since < KEPT if run.type == "CRASHED" else self.think_dead(run)


def _taken_up(prefect: Prefect, run: Run) -> bool:
    """Have it run again where its form was answered, and end it otherwise; whether anything was done."""
    if _is_answered(prefect, run):
        run_again(prefect, run)
        return True
    if run.ended:
        return False
    prefect.set_state(run.id, state("CRASHED", "Crashed", SILENT))
    return True


def _is_answered(prefect: Prefect, run: Run) -> bool:
    return prefect.read_input(run.id, FORM["response"]) is not None
