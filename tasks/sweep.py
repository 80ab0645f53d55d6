"""What a sweep does, each part once and safe to repeat."""

import os
from collections.abc import Mapping
from datetime import datetime

from prefect import task

from notifications.outcome import Verdict
from notifications.settings import delivery_from_environment
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.sweep import chase as sweep
from reviewflow.service.workspace.delivery_modes import Mode
from tasks.delivery import work_off
from tasks.deployments import run_for_case
from tasks.office import the_workspace, this_moment


@task(name="fire", retries=2, retry_delay_seconds=10)
def fire(now: datetime) -> int:
    """Turn every reminder and escalation that has fallen due into notices; how many items were chased."""
    with the_workspace() as workspace:
        return sweep.fire(workspace, now=now)


@task(name="look ahead", retries=2, retry_delay_seconds=10)
def look_ahead(now: datetime) -> int:
    """Tell, once a day, which time limits have turned late or are well again; of how many cases."""
    with the_workspace() as workspace:
        return sweep.look_ahead(workspace, now=now)


@task(name="sum up", retries=2, retry_delay_seconds=10)
def sum_up(now: datetime) -> int:
    """Make the digests that are due: they go in the one letter of the day of whoever gets them; how many."""
    with the_workspace() as workspace:
        return sweep.sum_up(workspace, now=now, waits=delivery_mode(workspace, os.environ).mode is not Mode.TEST)


@task(name="run automatic steps", retries=2, retry_delay_seconds=10)
def run_automatic_steps(now: datetime) -> int:
    """Open the linked cases, make the documents and run the deployments that steps ask for; how many."""
    with the_workspace() as workspace:
        return sweep.run_automatic_steps(workspace, now=now, run=run_for_case)


@task(name="deliver", retries=2, retry_delay_seconds=10)
def deliver() -> dict[str, int]:
    """Hand over the notices that wait; how many were sent, held, put off or refused."""
    with the_workspace() as workspace:
        delivery = delivery_from_environment(
            os.environ, delivery_mode(workspace, os.environ).mode, workspace.partnership.channels
        )
        counts = work_off(workspace, delivery, clock=this_moment)
    return {str(verdict): number for verdict, number in counts.items()}


@task(name="remember")
def remember(started: datetime, chased: int, delivered: Mapping[str, int], failed_parts: int) -> None:
    """Write down that a sweep was done: whether sweeps still happen is asked of our own store, not of Prefect."""
    sent = delivered.get(Verdict.SENT, 0) + delivered.get(Verdict.HELD, 0)
    failed = delivered.get(Verdict.RETRY, 0) + delivered.get(Verdict.REFUSED, 0)
    note = f"{failed_parts} parts failed" if failed_parts else ""
    with the_workspace() as workspace:
        finished = this_moment()
        sweep.remember(workspace, (started, finished), chased=chased, sent=sent, failed=failed, note=note)
