"""The sweep: what has fallen due is chased, delivered and shown. It may run twice, late or not at all."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from reviewflow.cli.logs import Happening, tell
from reviewflow.service.sweep.share import WHOLE, Share
from tasks.automations import keep_automations
from tasks.boards.board_artifacts import draw_board
from tasks.bounces import ask_services, collect_bounces
from tasks.office import this_moment
from tasks.server.filters import keep_filters
from tasks.shares import left_of, share_out, shares_wanted
from tasks.sweep import SWEEP_TASKS, begin_sweep, clock, deliver, end_sweep, letters_not_sent, remember
from tasks.trade_events import tell_events
from tasks.views.view import show

HOLDER = "chase"
"""The same for every run, of which Prefect lets one go at a time: the next takes over what a killed one left behind."""

SHARED_FROM = "look ahead"
"""The part of a sweep from which on workers take shares."""


@flow(name="chase", flow_run_name="Sweep", log_prints=False)
def chase() -> list[State[Any]]:
    """Run each part whatever became of the one before it: a mail server that is down stops no chasing.

    None runs when this machine's clock cannot be believed. One that finds another at work, such as a sweep that
    somebody began by hand, says so and ends.
    """
    other = begin_sweep(HOLDER)
    if other:
        tell(Happening.NOT_SWEPT)
        return [Completed(message=other)]
    try:
        return _sweep()
    finally:
        end_sweep(HOLDER)


def _sweep() -> list[State[Any]]:
    now = this_moment()
    if doubt := clock(now):
        tell(Happening.NOT_SWEPT)
        return [Failed(message=doubt)]
    swept = _swept(now)
    delivered = deliver(return_state=True)
    bounced = collect_bounces(now, return_state=True)
    asked = ask_services(now, return_state=True)
    shown = show(now, return_state=True)
    drawn = draw_board(this_moment(), return_state=True)
    filters, automations = keep_filters(now, return_state=True), keep_automations(return_state=True)
    parts: list[State[Any]] = [*swept.values(), delivered, bounced, asked, shown, drawn, filters, automations]
    chased = swept["chase"].result() if swept["chase"].is_completed() else 0
    counts = delivered.result() if delivered.is_completed() else {}
    parts.append(tell_events(now, letters_not_sent(counts), _failed(parts), return_state=True))
    failed = _failed(parts)
    return [*parts, remember(now, chased, counts, failed, return_state=True)]


def _swept(now: datetime) -> dict[str, State[Any]]:
    """Each part of the sweep; of a large one the workers take shares first, and the parts do what they have left."""
    of, swept = shares_wanted(os.environ), dict[str, State[Any]]()
    left: tuple[Share, ...] = (WHOLE,)
    for name, part in SWEEP_TASKS.items():
        if name == SHARED_FROM and of > 1:
            shared = share_out(now, of, return_state=True)
            left = left_of(shared.result(), of) if shared.is_completed() else left
        swept[name] = part(now, left, return_state=True)
    return swept


def _failed(parts: list[State[Any]]) -> int:
    return sum(not part.is_completed() for part in parts)
