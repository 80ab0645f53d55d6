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
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.suggestions import A_ROLE, AN_AGENCY, not_among
from reviewflow.london import london_day, stamp
from reviewflow.service.commands.commit import build_change
from reviewflow.service.commands.forms import agencies_by_name
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.errors import UnknownCase
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import AlreadyRecorded, CaseConflict
from reviewflow.store.records import CaseRow, Change, NewCase
from reviewflow.text import listing

TRIES = 20
"""How often a command is decided anew when others write to the same case at the same moment."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command led to; no events when it had been carried out before, or nothing followed."""

    case: Case
    events: tuple[e.Event, ...]


def open_case(
    workspace: Workspace, process: str, command: c.Open, *, by: str, now: datetime, key: str | None = None
) -> CommandResult:
    """Open a case of a process as its files are now; raises Refused, NotUsable or DefinitionError.

    The same `key` opens one case however often it is asked for.
    """
    definition = workspace.definition(process, command.dates)
    _known_agencies(workspace, command.agencies)
    plan = workspace.plans.setdefault(definition.hash, Plan(definition))
    pinned = definition.process
    begin(plan, command, "", now=now, calendars=workspace.calendars)
    workspace.store.put_definition(
        definition.hash, pinned.process, pinned.version, definition.body, stored_at=stamp(now)
    )
    prefix = pinned.reference.replace("{year}", str(london_day(now).year))
    events: list[e.Event] = []

    def build(reference: str) -> Change:
        events[:] = begin(plan, command, reference, now=now, calendars=workspace.calendars)
        case = fold(reference, events)
        context = CaseContext(plan, case, workspace.partnership, workspace.calendars, now)
        row = CaseRow(0, reference, pinned.process, definition.hash, case.status, 0, reference, "")
        return build_change(context, row, None, events, by=by, on=london_day(now).isoformat(), key=key)

    row = workspace.store.create(NewCase(prefix, pinned.process, definition.hash, key), build)
    case = load(row.reference, row.state)
    return CommandResult(case, tuple(events) if events and case == fold(row.reference, events) else ())


def _known_agencies(workspace: Workspace, agencies: Sequence[str]) -> None:
    known = workspace.partnership.agencies
    wrong = [not_among(AN_AGENCY, agency, known) for agency in agencies if agency not in known]
    if wrong:
        raise Refused(wrong, f"Agencies: {listing(known)}.")


def joining(workspace: Workspace, reference: str, other: str, dates: Mapping[str, date]) -> c.Join:
    """The command that joins another case: with the days that were given, else those that its own case has."""
    if dates:
        return c.Join(other, dates)
    plan = workspace.plan(find(workspace, reference).definition)
    counted = {plan.counted_from(name) for name in plan.limits}
    found = workspace.store.load(other)
    known = load(other, found.state).dates if found else {}
    return c.Join(other, {name: day for name, day in known.items() if name in counted})


def _known_role(workspace: Workspace, role: str) -> None:
    known = workspace.partnership.roles
    if role not in known:
        message = not_among(A_ROLE, role, known)
        raise Refused([message], f"Roles: {listing(known)}.")


def carry_out(
    workspace: Workspace,
    reference: str,
    command: c.Command,
    *,
    by: str,
    now: datetime,
    key: str | None = None,
    done_job: int | None = None,
) -> CommandResult:
    """Decide and store a command; raises Refused or UnknownCase. With a `key`, a repeat changes nothing.

    `done_job` is the automatic step that this finishes, in the same transaction.
    """
    if isinstance(command, c.AddAgency):
        _known_agencies(workspace, (command.agency,))
    if isinstance(command, c.Extend):
        _known_role(workspace, command.by_role)
    for _ in range(TRIES):
        row = find(workspace, reference)
        if key is not None and workspace.store.recorded(row, key) is not None:
            return CommandResult(load(reference, row.state), ())
        outcome, wanted = decide(workspace, row, command, by=by, now=now, key=key)
        if wanted is None:
            return outcome
        try:
            workspace.store.append(wanted if done_job is None else replace(wanted, done_job=done_job))
        except CaseConflict:
            continue
        except AlreadyRecorded:
            return CommandResult(current(workspace, reference), ())
        return outcome
    raise CaseConflict(f"{reference} is being changed by others; try again in a moment.")


def decide(
    workspace: Workspace, row: CaseRow, command: c.Command, *, by: str, now: datetime, key: str | None = None
) -> tuple[CommandResult, Change | None]:
    """What a command leads to in a case as it was loaded, and what must be stored for it; None when nothing follows."""
    plan, case = workspace.plan_and_case(row)
    if isinstance(command, c.Complete) and (step := step_of(command.item)) in plan.steps:
        titles = {name: each.title for name, each in workspace.partnership.agencies.items()}
        command = replace(command, answers=agencies_by_name(plan.form(step), command.answers, titles))
    draft = work_out(plan, case, command, now=now, calendars=workspace.calendars)
    outcome = CommandResult(draft.case, tuple(draft.events))
    if not draft.events:
        return outcome, None
    context = CaseContext(plan, draft.case, workspace.partnership, workspace.calendars, now)
    return outcome, build_change(context, row, case, draft.events, by=by, on=_effective_day(command, now), key=key)


def _effective_day(command: c.Command, now: datetime) -> str:
    on: date | None = command.on if isinstance(command, c.Complete) else None
    return (on or london_day(now)).isoformat()


def find(workspace: Workspace, reference: str) -> CaseRow:
    """The stored case, in small letters too; raises UnknownCase with the nearest reference there is."""
    row = workspace.store.load(reference) or workspace.store.load(reference.strip().upper())
    if row is not None:
        return row
    known = [row.reference for row in workspace.store.cases(None)]
    near = difflib.get_close_matches(reference.upper(), known, n=3, cutoff=0.5)
    hint = f"Did you mean {listing(near)}?" if near else "See the cases there are: reviewflow cases"
    raise UnknownCase(f'There is no case "{reference}". {hint}')


def current(workspace: Workspace, reference: str) -> Case:
    """A case as it is stored now."""
    return load(reference, find(workspace, reference).state)
