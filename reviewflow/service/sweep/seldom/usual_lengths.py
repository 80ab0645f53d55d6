"""How long steps usually take in this office, and how often they are late; worked out weekly from the latest cases.

It is kept, so that no answer reads another case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from statistics import fmean

from reviewflow.calendar import CalendarHorizonError
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.case.rules.forecast.punctuality import NOTHING, TrackRecord, records_of
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.london import london_day, read_stamp, stamp
from reviewflow.service.workspace.past_cases import LENGTHS, PUNCTUALITY
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import DamagedRow
from reviewflow.store.records import CaseRow

ENOUGH = 5
"""So many past cases at least tell the usual length of a step."""
LATEST = 60
"""So many cases of a process, the latest, are asked: an office changes its ways."""
A_WEEK = timedelta(days=7)


def renew_lengths(workspace: Workspace, *, now: datetime) -> bool:
    """Work them out when that was a week ago or longer; whether that was done, so that any forecast may have turned."""
    kept = workspace.store.last_done().get(LENGTHS)
    if kept is not None and _is_recent(kept.at, now):
        return False
    processes = workspace.store.processes()
    lengths = {process: _lengths(workspace, process) for process in processes}
    known = {process: steps for process, steps in lengths.items() if steps}
    punctual = _punctuality(workspace, processes, now)
    workspace.store.note_done(LENGTHS, stamp(now), json.dumps(known, sort_keys=True))
    workspace.store.note_done(PUNCTUALITY, stamp(now), json.dumps(punctual, sort_keys=True))
    workspace.forget_plans()
    return True


def _is_recent(moment: str, now: datetime) -> bool:
    with suppress(ValueError):
        return timedelta(0) <= now - read_stamp(moment) < A_WEEK
    return False


def _lengths(workspace: Workspace, process: str) -> dict[str, float]:
    """By step, the mean of working days: they are added up on the way, and a sum of medians forgets what is rare."""
    taken: dict[str, list[int]] = {}
    for row in workspace.store.latest_cases(process, LATEST):
        with suppress(DamagedRow, CalendarHorizonError):  # of one that cannot be read `doctor` tells
            for step, days in [*_taken(workspace, row)]:
                taken.setdefault(step, []).append(days)
    return {step: round(fmean(days), 1) for step, days in sorted(taken.items()) if len(days) >= ENOUGH}


def _punctuality(workspace: Workspace, processes: Iterable[str], now: datetime) -> dict[str, TrackRecord]:
    """By who owed the work, in the cases that are over, how much of it was late.

    Contacts of a case are left out: no other case has work for them.
    """
    punctual: dict[str, TrackRecord] = {}
    for process in processes:
        for row in workspace.store.latest_cases(process, LATEST):
            with suppress(DamagedRow):
                for owner, record in _records(workspace, row, now).items():
                    punctual[owner] = punctual.get(owner, NOTHING).and_also(record)
    return {owner: record for owner, record in punctual.items() if not Recipient.parse(owner).is_contact}


def _records(workspace: Workspace, row: CaseRow, now: datetime) -> Mapping[str, TrackRecord]:
    plan, case = workspace.plan_and_case(row)
    if case.status is CaseStatus.OPEN:
        return {}
    return records_of(plan, case, london_day(now), workspace.calendars)


def _taken(workspace: Workspace, row: CaseRow) -> Iterator[tuple[str, int]]:
    """By step, how many working days the last round of each of its items took that people did."""
    plan, case = workspace.plan_and_case(row)
    for item, state in case.items.items():
        step = plan.steps.get(step_of(item))
        if step is None or step.owner is None or state.status is not Status.DONE:
            continue
        if state.opened is not None and state.done is not None and state.done >= state.opened:
            calendar = days_of(plan, case, item, workspace.calendars)
            yield step_of(item), calendar.working_days_between(state.opened, state.done)
