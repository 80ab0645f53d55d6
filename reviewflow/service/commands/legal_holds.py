"""Legal holds over the cases: one case, or every case that is chosen, each told in its own history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from reviewflow.case.handlers.legal_holds import read_matter
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Answers, Case
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.language.suggestions import unknown
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import day_words


@dataclass(frozen=True, slots=True)
class Matter:
    """What files are kept for: an inquest, a claim, an inquiry."""

    matter: str
    reason: str
    requested_by: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cases; what is not said does not narrow it."""

    cases: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    agency: str | None = None
    since: date | None = None
    until: date | None = None
    """The day on which a case was opened."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Questions and what was answered to them, in any step, as the history has it."""


def chosen(workspace: Workspace, choice: Choice) -> list[str]:
    """The cases that are meant, open or over; raises UnknownCase or UserError for what there is none of."""
    for reference in choice.cases:
        find(workspace, reference)
    rows = workspace.store.cases(None)
    known = {*workspace.library.processes, *(row.process for row in rows)}
    for process in choice.processes:
        if process not in known:
            raise UserError(unknown("a process", process, known, "Processes"))
    return [row.reference for row in rows if _is_meant(workspace, row, choice)]


def _is_meant(workspace: Workspace, row: CaseRow, choice: Choice) -> bool:
    if choice.cases and row.reference not in choice.cases:
        return False
    if choice.processes and row.process not in choice.processes:
        return False
    case = load(row.reference, row.state)
    return (
        (choice.agency is None or choice.agency in case.agencies)
        and (choice.since is None or case.opened >= choice.since)
        and (choice.until is None or case.opened <= choice.until)
        and (not choice.answers or _was_answered(workspace, row.reference, choice.answers))
    )


def _was_answered(workspace: Workspace, reference: str, wanted: Mapping[str, str]) -> bool:
    left = dict(wanted)
    for answers in _answers(workspace, reference):
        left = {name: value for name, value in left.items() if value not in _values(answers, name)}
    return not left


def _answers(workspace: Workspace, reference: str) -> Iterator[Answers]:
    for stored in workspace.store.events(reference):
        event = e.decode(stored.kind, stored.body)
        if isinstance(event, e.Completed):
            yield {**event.answers, **event.said}


def _values(answers: Answers, name: str) -> set[str]:
    """What was answered to a question, also in the lines of a table."""
    found = set[str]()
    for question, answer in answers.items():
        several = answer if isinstance(answer, list) else [answer]
        if question == name:
            found |= {str(each) for each in several}
        for line in several:
            if isinstance(line, dict):
                found |= _values(line, name)
    return found


def place(workspace: Workspace, references: list[str], matter: Matter, *, by: str, now: datetime) -> list[str]:
    """Keep these cases for a matter; answers those that were not kept for it before.

    Said again after it was cut short, it goes on with those that are left.
    """
    name, placed = read_matter(matter.matter), []
    read_reason(matter.reason)
    command = c.PlaceLegalHold(matter.matter, matter.reason, matter.requested_by)
    for reference in references:
        if name in _held(workspace, reference):
            continue
        try:
            carry_out(workspace, reference, command, by=by, now=now)
        except Refused:
            if name not in _held(workspace, reference):
                raise
        else:
            placed.append(reference)
    return placed


def lift(workspace: Workspace, references: list[str], matter: Matter, *, by: str, now: datetime) -> list[str]:
    """Lift the hold of a matter from these cases; answers those that were under it."""
    state = [reference for reference in references if read_matter(matter.matter) in _held(workspace, reference)]
    for reference in state:
        carry_out(workspace, reference, c.LiftLegalHold(matter.matter, matter.reason), by=by, now=now)
    return state


def matters(workspace: Workspace, references: list[str]) -> list[str]:
    """What these cases are kept for."""
    return sorted({matter for reference in references for matter in _held(workspace, reference)})


def _held(workspace: Workspace, reference: str) -> Mapping[str, object]:
    row = find(workspace, reference)
    return load(reference, row.state).kept_for


def kept_for_words(case: Case) -> str:
    """'inquest (since Mon 1 Jun 2026: the coroner has asked for it)', or ''."""
    return "; ".join(
        f"{matter} (since {day_words(placed.since)}: {placed.reason})" for matter, placed in case.kept_for.items()
    )
