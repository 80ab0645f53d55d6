"""Use cases of one case: open it, and carry out a command. Each is one short transaction."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reviewflow.case.advance import begin, work_out
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case, step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.suggestions import suggestion
from reviewflow.london import london_day, stamp
from reviewflow.service.commands.commit import change
from reviewflow.service.commands.forms import agencies_by_name
from reviewflow.service.workspace.context import Desk
from reviewflow.service.workspace.errors import UnknownCase
from reviewflow.service.workspace.workspace import Office
from reviewflow.store.errors import AlreadyRecorded, CaseConflict
from reviewflow.store.records import CaseRow, Change, NewCase
from reviewflow.text import listing

TRIES = 20
"""How often a command is decided anew when others write to the same case at the same moment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to; no events when it had been carried out before, or nothing followed."""

    case: Case
    events: tuple[e.Event, ...]


def open_case(
    office: Office, process: str, command: c.Open, *, by: str, now: datetime, key: str | None = None
) -> Outcome:
    """Open a case of a process as its files are now; raises Refused, NotUsable or DefinitionError.

    The same `key` opens one case however often it is asked for.
    """
    definition = office.definition(process, command.dates)
    _known_agencies(office, command.agencies)
    plan = office.plans.setdefault(definition.hash, Plan(definition))
    pinned = definition.process
    begin(plan, command, "", now=now, calendars=office.calendars)
    office.store.put_definition(definition.hash, pinned.process, pinned.version, definition.body, stored_at=stamp(now))
    prefix = pinned.reference.replace("{year}", str(london_day(now).year))
    events: list[e.Event] = []

    def build(reference: str) -> Change:
        events[:] = begin(plan, command, reference, now=now, calendars=office.calendars)
        case = fold(reference, events)
        desk = Desk(plan, case, office.partnership, office.calendars, now)
        row = CaseRow(0, reference, pinned.process, definition.hash, case.status, 0, reference, "")
        return change(desk, row, None, events, by=by, on=london_day(now).isoformat(), key=key)

    row = office.store.create(NewCase(prefix, pinned.process, definition.hash, key), build)
    case = load(row.reference, row.state)
    return Outcome(case, tuple(events) if events and case == fold(row.reference, events) else ())


def _known_agencies(office: Office, agencies: Sequence[str]) -> None:
    known = office.partnership.agencies
    wrong = [
        f'"{each}" is not an agency in partnership.yaml.{suggestion(each, known)}'
        for each in agencies
        if each not in known
    ]
    if wrong:
        raise Refused(wrong, f"Agencies: {listing(known)}.")


def joining(office: Office, reference: str, other: str, dates: Mapping[str, date]) -> c.Join:
    """The command that joins another case: with the days that were given, else those that its own case has."""
    if dates:
        return c.Join(other, dates)
    plan = office.plan(find(office, reference).definition)
    counted = {plan.counted_from(name) for name in plan.limits}
    found = office.store.load(other)
    known = load(other, found.state).dates if found else {}
    return c.Join(other, {name: day for name, day in known.items() if name in counted})


def _known_role(office: Office, role: str) -> None:
    known = office.partnership.roles
    if role not in known:
        message = f'"{role}" is not a role in partnership.yaml.{suggestion(role, known)}'
        raise Refused([message], f"Roles: {listing(known)}.")


def carry_out(
    office: Office,
    reference: str,
    command: c.Command,
    *,
    by: str,
    now: datetime,
    key: str | None = None,
    done_job: int | None = None,
) -> Outcome:
    """Decide and store a command; raises Refused or UnknownCase. With a `key`, a repeat changes nothing.

    `done_job` is the automatic step that this finishes, in the same transaction.
    """
    if isinstance(command, c.AddAgency):
        _known_agencies(office, (command.agency,))
    if isinstance(command, c.Extend):
        _known_role(office, command.by_role)
    for _ in range(TRIES):
        row = find(office, reference)
        if key is not None and office.store.recorded(row, key) is not None:
            return Outcome(load(reference, row.state), ())
        outcome, wanted = decide(office, row, command, by=by, now=now, key=key)
        if wanted is None:
            return outcome
        try:
            office.store.append(wanted if done_job is None else replace(wanted, done_job=done_job))
        except CaseConflict:
            continue
        except AlreadyRecorded:
            return Outcome(current(office, reference), ())
        return outcome
    raise CaseConflict(f"{reference} is being changed by others; try again in a moment.")


def decide(
    office: Office, row: CaseRow, command: c.Command, *, by: str, now: datetime, key: str | None = None
) -> tuple[Outcome, Change | None]:
    """What a command leads to in a case as it was loaded, and what must be stored for it; None when nothing follows."""
    plan, case = office.plan(row.definition), load(row.reference, row.state)
    if isinstance(command, c.Complete) and (step := step_of(command.item)) in plan.steps:
        titles = {name: each.title for name, each in office.partnership.agencies.items()}
        command = replace(command, answers=agencies_by_name(plan.form(step), command.answers, titles))
    draft = work_out(plan, case, command, now=now, calendars=office.calendars)
    outcome = Outcome(draft.case, tuple(draft.events))
    if not draft.events:
        return outcome, None
    desk = Desk(plan, draft.case, office.partnership, office.calendars, now)
    return outcome, change(desk, row, case, draft.events, by=by, on=_effective_day(command, now), key=key)


def _effective_day(command: c.Command, now: datetime) -> str:
    on: date | None = command.on if isinstance(command, c.Complete) else None
    return (on or london_day(now)).isoformat()


def find(office: Office, reference: str) -> CaseRow:
    """The stored case, in small letters too; raises UnknownCase with the nearest reference there is."""
    row = office.store.load(reference) or office.store.load(reference.strip().upper())
    if row is not None:
        return row
    known = [each.reference for each in office.store.cases(None)]
    near = difflib.get_close_matches(reference.upper(), known, n=3, cutoff=0.5)
    hint = f"Did you mean {listing(near)}?" if near else "See the cases there are: reviewflow cases"
    raise UnknownCase(f'There is no case "{reference}". {hint}')


def current(office: Office, reference: str) -> Case:
    """A case as it is stored now."""
    return load(reference, find(office, reference).state)
