"""The parts of a sweep as Prefect tasks: each once, tried again twice, and shown by its name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from prefect import Task, task

from notifications.deliver import deliver_letters
from notifications.outcome import Verdict
from notifications.settings import delivery_from_environment
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.sweep.clock import clock_doubt
from reviewflow.service.sweep.heads import keep_head
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.run import PARTS, SweepContext
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from tasks.deployments import run_for_case
from tasks.office import the_workspace, this_moment

SweepTask = Task[[datetime], int]


def _task(name: str) -> SweepTask:
    def do(now: datetime) -> int:
        with the_workspace() as workspace:
            waits = delivery_mode(workspace, os.environ).mode is not Mode.TEST
            return PARTS[name](SweepContext(workspace, now, waits=waits, run=run_for_case))

    return task(name=name, retries=2, retry_delay_seconds=10)(do)


SWEEP_TASKS: Mapping[str, SweepTask] = MappingProxyType({name: _task(name) for name in PARTS})
"""A task for each part of a sweep, in their order."""


@task(name="clock")
def clock(now: datetime) -> str:
    """Why no sweep should run now, as this machine's clock is far from the last one; '' when nothing speaks against."""
    with the_workspace() as workspace:
        return clock_doubt(workspace, now)


@task(name="deliver", retries=2, retry_delay_seconds=10)
def deliver() -> dict[str, int]:
    """Send the letters that are due; returns how many were sent, held back, postponed or refused, by verdict."""
    with the_workspace() as workspace:
        mode = delivery_mode(workspace, os.environ).mode
        delivery = delivery_from_environment(os.environ, mode, workspace.partnership.channels)
        counts = deliver_letters(workspace, delivery, clock=this_moment)
    return {str(verdict): number for verdict, number in counts.items()}


@task(name="remember")
def remember(started: datetime, chased: int, delivered: Mapping[str, int], failed_parts: int) -> None:
    """Record that a sweep was done, in our own store, so that Prefect need not be asked whether sweeps still run."""
    sent = delivered.get(Verdict.SENT, 0) + delivered.get(Verdict.HELD, 0)
    failed = delivered.get(Verdict.RETRY, 0) + delivered.get(Verdict.REFUSED, 0)
    note = f"{failed_parts} parts failed" if failed_parts else ""
    with the_workspace() as workspace:
        record_sweep(workspace, (started, this_moment()), chased=chased, sent=sent, failed=failed, note=note)
        if trouble := keep_head(workspace, os.environ):
            raise UserError(trouble)
