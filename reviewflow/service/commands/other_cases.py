"""The other end of a link: a case of this office by its reference, or something elsewhere."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.beside import JOINED
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus
from reviewflow.case.plan.entries import row_of
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.screening import read_who
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.linked_cases import cases_it_came_from
from reviewflow.london import london_day
from reviewflow.service.commands.commit import build_change
from reviewflow.service.commands.deciding import draft_of
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, Change
from reviewflow.text import listing

Linking = TypeVar("Linking", c.Link, c.Join)
ELSEWHERE = "Is it a case of another office? Then say so: --outside"
_SPACE = r"[-/_. ]*"
_PARTS = {"{year}": r"\d{2,4}", "{number}": r"\d{1,9}"}


def with_known_reference(workspace: Workspace, command: Linking) -> Linking:
    """The command with the reference of a case as the store has it, or with the mark that it is elsewhere.

    Raises Refused when it looks like one of ours and no such case is or was here, or when it is said to be elsewhere
    and is here.
    """
    reference = command.reference.strip()
    row = workspace.store.load(reference) or workspace.store.load(reference.upper())
    if row is not None and command.outside:
        here = f"{row.reference} is the reference of a case of this office."
        raise Refused([here], f'Leave --outside out; or say whose it is: "{row.reference} of another office".')
    if row is not None:
        return replace(command, reference=row.reference)
    if not command.outside and workspace.store.destroyed_at(reference.upper()) is not None:
        return replace(command, reference=reference.upper())
    if not command.outside and _looks_like_ours(workspace, reference):
        raise _no_such_case(workspace, reference)
    return replace(command, outside=True)


@dataclass(frozen=True, slots=True)
class ToldCase:
    """Another case after all that it was told, what happened in it, and the change to be stored."""

    case: Case
    events: tuple[e.Event, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class _Heard:
    """What another case recorded of all that it was told in one transaction."""

    plan: Plan
    row: CaseRow
    before: Case
    case: Case
    events: tuple[e.Event, ...] = ()


def told_to_others(
    workspace: Workspace, case: Case, events: Iterable[e.Event], *, by: str, now: datetime
) -> tuple[ToldCase, ...]:
    """What the other cases of the office record of what happened in `case`; nothing for any that is elsewhere.

    And what those tell to others in their turn. One that hears of several hears all of it, and is changed once.
    """
    heard: dict[str, _Heard] = {}
    said: list[tuple[str, c.Command]] = []
    ahead = [(case, tuple(events))]
    while ahead:
        teller, happened = ahead.pop(0)
        for other, command in tells(workspace.plan(teller.definition), teller, happened):
            if other == case.reference or (other, command) in said:
                continue
            said.append((other, command))
            listener = heard.get(other) or _listener(workspace, other)
            if listener is None:
                continue
            draft = draft_of(workspace, listener.plan, listener.case, command, by=by, now=now)
            if draft.events:
                heard[other] = replace(listener, case=draft.case, events=(*listener.events, *draft.events))
                ahead.append((draft.case, tuple(draft.events)))
    return tuple(_told(workspace, other, by=by, now=now) for other in heard.values())


def _listener(workspace: Workspace, reference: str) -> _Heard | None:
    row = workspace.store.load(reference)
    if row is None:
        return None
    plan, case = workspace.plan_and_case(row)
    return _Heard(plan, row, before=case, case=case)


def _told(workspace: Workspace, heard: _Heard, *, by: str, now: datetime) -> ToldCase:
    context, on = workspace.context_of(heard.plan, heard.case, now), london_day(now).isoformat()
    who, signed_in = read_who(by), workspace.signed_in
    change = build_change(context, heard.row, heard.before, heard.events, by=who, on=on, key=None, signed_in=signed_in)
    return ToldCase(heard.case, heard.events, change)


def tells(plan: Plan, case: Case, events: Iterable[e.Event]) -> Iterator[tuple[str, c.Command]]:
    """What these events of `case` say to which other case of the office.

    That a link begins, or is over; that an action of its plan is verified; that the case is over; whether the two are
    treated together. Each other case is told one thing at once.
    """
    recorded = tuple(events)
    told = [*_tells(plan, case, recorded), *_over(case, recorded)]
    told_already = {reference for reference, _ in told}
    if any(isinstance(event, _OF_TREATING) for event in recorded):
        for reference, linked in case.related.items():
            is_shared = bool(plan.together) or any(isinstance(event, e.Migrated) for event in recorded)
            if is_shared and reference not in {*case.outside, *told_already}:
                treated = treated_as(plan, case, linked.kind)
                told.append((reference, c.RecordTreated(case.reference, linked.kind, treated)))
    yield from told


_OF_TREATING = (
    e.AgencyJoined
    | e.AgencyLeft
    | e.AgenciesMerged
    | e.SentBack
    | e.CaseWithdrawn
    | e.CaseEnded
    | e.CaseClosed
    | e.Migrated
)
"""What may change whether a case is treated together with another one, and whose it is: to be open again too."""


def treated_as(plan: Plan, case: Case, kind: str) -> tuple[str, ...] | None:
    """The agencies of a case, where it is treated together with what it is linked with so; None where it is not."""
    return case.agencies if case.status is CaseStatus.OPEN and kind in plan.together else None


def _tells(plan: Plan, case: Case, events: Iterable[e.Event]) -> Iterator[tuple[str, c.Command]]:
    for event in events:
        match event:
            case e.CaseLinked(reference, kind, outside=False):
                yield reference, c.RecordLinkedFrom(case.reference, kind, treated_as(plan, case, kind))
            case e.CaseJoined(reference, outside=False):
                yield reference, c.RecordLinkedFrom(case.reference, JOINED)
            case e.CaseUnlinked(reference):
                yield reference, c.RecordUnlinkedFrom(case.reference)
            case e.Completed() if step_of(event.item) in plan.verifies_for_plans:
                yield from _verified(plan, case, event)


def _over(case: Case, events: tuple[e.Event, ...]) -> Iterator[tuple[str, c.Command]]:
    """That the case is over, to that from which it came, and where it stops before it was done to what it started."""
    if not any(isinstance(event, e.CaseClosed | e.CaseEnded | e.CaseWithdrawn) for event in events):
        return
    concerned = [*cases_it_came_from(case)] if case.status is not CaseStatus.OPEN else []
    concerned += case.links.values() if case.status in CUT_SHORT else ()
    for reference in dict.fromkeys(concerned):
        yield reference, c.RecordOver(case.reference, case.status)


def _verified(plan: Plan, case: Case, event: e.Completed) -> Iterator[tuple[str, c.Command]]:
    line = row_of(plan.steps[step_of(event.item)], case, key_of(event.item))
    reference, number = str(line.get("plan", "")).strip().upper(), line.get("number")
    if reference != case.reference and isinstance(number, int):
        yield reference, c.RecordVerified(number, case.reference, {**event.answers, **event.said}, event.done)


def _looks_like_ours(workspace: Workspace, reference: str) -> bool:
    """Whether a process of ours makes such references, however it is spaced: 'rr 2026/4' for RR-2026-004."""
    models = (loaded.model for loaded in workspace.library.processes.values())
    return any(re.fullmatch(_pattern(model.reference), reference, re.IGNORECASE) for model in models)


def _pattern(template: str) -> str:
    parts = re.split(r"(\{year\}|\{number\}|[-/_. ]+)", template)
    return "".join(_PARTS.get(part) or (_SPACE if re.fullmatch(_SPACE, part) else re.escape(part)) for part in parts)


def _no_such_case(workspace: Workspace, reference: str) -> Refused:
    references = [row.reference for row in workspace.store.cases(None)]
    near = difflib.get_close_matches(reference.upper(), references, n=3, cutoff=0.5)
    hint = f" Did you mean {listing(near, last='or')}?" if near else ""
    return Refused([f'There is no case "{plain_text(reference)}".{hint}'], f"Nothing was changed. {ELSEWHERE}")
