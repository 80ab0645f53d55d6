"""One case opened, or one command carried out: each in one short transaction."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reviewflow.case.advance import begin
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case
from reviewflow.case.rules.answers.screening import read_who
from reviewflow.language.structure.outside import bodies
from reviewflow.language.suggestions import A_ROLE, AN_AGENCY, not_among
from reviewflow.london import london_day, stamp
from reviewflow.service.commands.commit import build_change
from reviewflow.service.commands.deciding import draft_of
from reviewflow.service.commands.other_cases import told_to_others, with_known_reference
from reviewflow.service.workspace.errors import UnknownCase
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import AlreadyRecorded, CaseConflict
from reviewflow.store.records import CaseRow, Change, NewCase
from reviewflow.text import day_words, listing

DEPUTY = "deputy"
TRIES = 20
"""How often a command is decided when others write to the same case at the same moment."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command led to; no events when it had been carried out before, or nothing followed."""

    case: Case
    events: tuple[e.Event, ...]
    others: tuple[CommandResult, ...] = ()
    """What the other cases of the office recorded of it."""


Decided = tuple[CommandResult, Change | None]
"""What a command leads to, and what must be stored for it; None when nothing followed."""


def open_case(
    workspace: Workspace, process: str, command: c.Open, *, by: str, now: datetime, key: str | None = None
) -> CommandResult:
    """Open a case of a process as its files are now, under the next free reference of its kind.

    The same `key` opens one case however often it is asked for. Raises Refused, NotUsable or DefinitionError.
    """
    by = read_who(by)
    definition = workspace.definition(process, command.dates)
    known_agencies(workspace, command.agencies)
    plan = workspace.plan_of(definition)
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
        context = workspace.context_of(plan, case, now)
        row = CaseRow(0, reference, pinned.process, definition.hash, case.status, 0, reference, "")
        on = london_day(now).isoformat()
        return build_change(context, row, None, events, by=by, on=on, key=key, signed_in=workspace.signed_in)

    row = workspace.store.create(NewCase(prefix, pinned.process, definition.hash, key), build)
    case = load(row.reference, row.state)
    return CommandResult(case, tuple(events) if events and case == fold(row.reference, events) else ())


def known_agencies(workspace: Workspace, agencies: Sequence[str]) -> None:
    """Raises Refused for an agency that partnership.yaml does not name."""
    partners = workspace.partnership.agencies
    wrong = [not_among(AN_AGENCY, agency, partners) for agency in agencies if agency not in partners]
    if wrong:
        raise Refused(wrong, f"Agencies: {listing(partners)}.")


def joining(workspace: Workspace, reference: str, command: c.Join) -> c.Join:
    """The command that joins another case: with the days that were given, else with those that the other case has.

    Raises UnknownCase when there is no case `reference`, Refused when there is not the other.
    """
    command = with_known_reference(workspace, command)
    if command.dates or command.outside:
        return command
    plan = workspace.plan(find(workspace, reference).definition)
    row = workspace.store.load(command.reference)
    if row is None:
        return command
    other, asked = load(command.reference, row.state), plan.definition.process.opening.times
    days = {name: day for name, day in other.dates.items() if name in plan.counted_by_limits}
    return replace(command, dates=days, times={name: other.times[name] for name in asked if name in other.times})


def known_role(workspace: Workspace, role: str, outside: Collection[str] = ()) -> None:
    """Raises Refused for a post that partnership.yaml does not name, unless it is a body outside that may do it."""
    roles = workspace.partnership.roles
    if role not in roles and role not in workspace.partnership.agencies and role not in outside:
        message = not_among(A_ROLE, role, roles)
        raise Refused([message], f"Roles: {listing(roles)}.")


def _known_holder(workspace: Workspace, post: str) -> None:
    """Raises Refused for a post that partnership.yaml does not name, or whose deputy it does not name."""
    roles = workspace.partnership.roles
    name, _, deputy = post.partition(":")
    if name not in roles or deputy not in {"", DEPUTY}:
        raise Refused([not_among(A_ROLE, name if deputy == DEPUTY else post, roles)], f"Roles: {listing(roles)}.")
    if deputy and roles[name].deputy is None:
        with_one = [f"{other}:{DEPUTY}" for other, role in roles.items() if role.deputy]
        message = f"partnership.yaml names no deputy of {roles[name].title}."
        raise Refused(
            [message], f"Write it there first, or choose another. Deputies: {listing(with_one, none='none')}."
        )


def carry_out(
    workspace: Workspace,
    reference: str,
    command: c.Command,
    *,
    by: str,
    now: datetime,
    key: str | None = None,
    done_job: int | None = None,
    vouched: str = "",
    row: CaseRow | None = None,
) -> CommandResult:
    """Decide a command and store what it leads to. With a `key`, a repeat changes nothing.

    `row` is the case as it was loaded a moment ago, where it was; it is loaded anew when somebody wrote since.

    `vouched` is why a text in it that could identify a child does not; '' has such a text refused.

    `done_job` is the automatic step that this finishes, in the same transaction. Raises Refused, UnknownCase, or
    CaseConflict when others kept writing to the case.
    """
    if isinstance(command, c.AddAgency):
        known_agencies(workspace, (command.agency,))
    if isinstance(command, c.Hold | c.Release) and command.by_role:
        known_role(workspace, command.by_role)
    if isinstance(command, c.Delegate):
        _known_holder(workspace, command.to)
    if isinstance(command, c.Link):
        command = with_known_reference(workspace, command)
    if isinstance(command, c.Join):
        command = with_known_reference(workspace, command)

    def decided(row: CaseRow) -> Decided:
        result, change = decide(workspace, row, command, by=by, now=now, key=key, vouched=vouched)
        if change is None:
            return result, None
        told = told_to_others(workspace, result.case, result.events, by=by, now=now)
        heard = tuple(CommandResult(other.case, other.events) for other in told)
        others = tuple(other.change for other in told)
        return replace(result, others=heard), replace(change, done_job=done_job, others=others)

    return store_decided(workspace, reference, decided, key=key, row=row)


def store_decided(
    workspace: Workspace,
    reference: str,
    decided: Callable[[CaseRow], Decided],
    *,
    key: str | None,
    row: CaseRow | None = None,
) -> CommandResult:
    """Store what is `decided` about a case, deciding anew as often as somebody else writes to it first.

    With a `key`, what was recorded before is neither decided nor stored again. Raises UnknownCase, what `decided`
    raises, or CaseConflict after too many tries.
    """
    for number in range(TRIES):
        row = row if row is not None and number == 0 else find(workspace, reference)
        if key is not None and workspace.store.recorded(row, key) is not None:
            return CommandResult(load(row.reference, row.state), ())
        result, change = decided(row)
        if change is None:
            return result
        try:
            workspace.wrote(workspace.store.append(change), result.case)
        except CaseConflict:
            continue
        except AlreadyRecorded:
            return CommandResult(current(workspace, reference), ())
        return result
    raise CaseConflict(f"{reference} is being changed by others; try again in a moment.")


def decide(
    workspace: Workspace,
    row: CaseRow,
    command: c.Command,
    *,
    by: str,
    now: datetime,
    key: str | None = None,
    vouched: str = "",
) -> Decided:
    """What a command leads to in a case as it was loaded; stores nothing, raises Refused."""
    plan, case = workspace.plan_and_case(row)
    if isinstance(command, c.Extend):
        known_role(workspace, command.by_role, bodies(plan.definition.process, workspace.partnership))
    draft = draft_of(workspace, plan, case, command, by=by, now=now, vouched=vouched)
    result = CommandResult(draft.case, tuple(draft.events))
    if not draft.events:
        return result, None
    context = workspace.context_of(plan, draft.case, now)
    on, signed_in = _effective_day(command, now), workspace.signed_in
    return result, build_change(context, row, case, draft.events, by=read_who(by), on=on, key=key, signed_in=signed_in)


def _effective_day(command: c.Command, now: datetime) -> str:
    on: date | None = command.on if isinstance(command, c.Complete) else None
    return (on or london_day(now)).isoformat()


def find(workspace: Workspace, reference: str) -> CaseRow:
    """The stored case of a reference, also in small letters.

    Raises UnknownCase with the day on which its file was destroyed, or else with the nearest reference.
    """
    written = reference.strip().upper()
    row = workspace.store.load(reference) or workspace.store.load(written)
    if row is not None:
        return row
    destroyed = workspace.store.destroyed_at(written)
    if destroyed is not None:
        day = day_words(london_day(datetime.fromisoformat(destroyed)))
        where = f"Its certificate: reviewflow retention certificate {written}"
        raise UnknownCase(
            f"The file of {written} was destroyed on {day}; nothing of it can be read or changed. {where}"
        )
    references = [row.reference for row in workspace.store.cases(None)]
    near = difflib.get_close_matches(reference.upper(), references, n=3, cutoff=0.5)
    hint = f"Did you mean {listing(near, last='or')}?" if near else "See the cases there are: reviewflow cases"
    raise UnknownCase(f'There is no case "{reference}". {hint}')


def current(workspace: Workspace, reference: str) -> Case:
    """A case as it is stored now; raises UnknownCase."""
    return load(reference, find(workspace, reference).state)
