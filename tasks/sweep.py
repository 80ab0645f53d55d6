"""The parts of a sweep as Prefect tasks: each once, tried again twice, and shown by its name."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import cast

from prefect import Task, task
from prefect.settings import get_current_settings

from notifications.deliver import deliver_letters
from notifications.outcome import DeliveryStatus
from notifications.settings import delivery_from_environment
from reviewflow.cli.logs import Happening, tell
from reviewflow.london import stamp
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.sweep.clock import clock_doubt
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.one_at_a_time import begin, end
from reviewflow.service.sweep.run import PARTS, SweepContext, run_part
from reviewflow.service.sweep.seldom.heads import keep_head
from reviewflow.service.sweep.share import WHOLE, Share
from reviewflow.service.trouble.words import set_aside_words
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.store.errors import StoreUnavailable
from reviewflow.store.records import PREFECT
from tasks.boards.board import keep_board
from tasks.boards.board_artifacts import draw_health
from tasks.office import the_workspace, this_moment
from tasks.server.deployments import run_for_case

SweepTask = Task[[datetime, tuple[Share, ...]], int]


def _task(name: str) -> SweepTask:
    def do(now: datetime, shares: tuple[Share, ...] = (WHOLE,)) -> int:
        with the_workspace() as workspace:
            waits = delivery_mode(workspace, os.environ).mode is not Mode.TEST
            return run_part(SweepContext(workspace, now, waits=waits, shares=shares, run=run_for_case), name)

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


def begin_sweep(holder: str) -> str:
    """'' when this sweep may begin, else that another is at work. What the database does not say, the parts will."""
    try:
        with the_workspace() as workspace:
            return begin(workspace, holder, now=this_moment())
    except StoreUnavailable:
        return ""


def end_sweep(holder: str) -> None:
    """Let the next begin at once."""
    with suppress(StoreUnavailable), the_workspace() as workspace:
        end(workspace, holder)


def letters_not_sent(delivered: Mapping[str, int]) -> int:
    """How many letters were put off or refused for good."""
    return delivered.get(DeliveryStatus.RETRY, 0) + delivered.get(DeliveryStatus.REFUSED, 0)


@task(name="remember")
def remember(started: datetime, chased: int, delivered: Mapping[str, int], failed_parts: int) -> None:
    """Record that a sweep was done, in our own store, so that Prefect need not be asked whether sweeps still run."""
    sent = delivered.get(DeliveryStatus.SENT, 0) + delivered.get(DeliveryStatus.HELD, 0)
    failed = letters_not_sent(delivered)
    note = f"{failed_parts} parts failed" if failed_parts else ""
    with the_workspace() as workspace:
        note = ", ".join(filter(None, (note, set_aside_words(workspace))))
        record_sweep(workspace, (started, this_moment()), chased=chased, sent=sent, failed=failed, note=note)
        tell(Happening.SWEPT, chased=chased, sent=sent, failed=failed, failed_parts=failed_parts)
        workspace.store.note_done(PREFECT, stamp(this_moment()), json.dumps(_as_set()))
        keep_board(workspace, this_moment())
        trouble = keep_head(workspace, os.environ)
        draw_health(workspace, this_moment())
        if trouble:
            raise UserError(trouble)


def _as_set() -> dict[str, object]:
    """How Prefect's client is set in the process that sweeps, for the doctor, whose own environment may be another."""
    settings = get_current_settings()
    return {
        "api": settings.api.url,
        "retry": sorted(cast("set[int]", settings.client.retry_extra_codes or set())),
        "retries": settings.client.max_retries,
        "heartbeat": settings.flows.heartbeat_frequency,
    }
