"""Legal holds over several cases at once, each recorded in its own history."""

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
from reviewflow.case.rules.input_checks import read_screened_reason
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
    """Which cases; what is left out does not narrow the choice."""

    cases: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    agency: str | None = None
    since: date | None = None
    until: date | None = None
    """The day on which a case was opened."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Questions and their answers, in any step, as they stand in the history."""


def chosen(workspace: Workspace, choice: Choice) -> list[str]:
    """The references of the chosen cases, open or over; raises UnknownCase or UserError for what there is not."""
    for reference in choice.cases:
        find(workspace, reference)
    rows = workspace.store.cases(None)
    processes = {*workspace.library.processes, *(row.process for row in rows)}
    for process in choice.processes:
        if process not in processes:
            raise UserError(unknown("a process", process, processes, "Processes"))
    return [row.reference for row in rows if _is_chosen(workspace, row, choice)]


def _is_chosen(workspace: Workspace, row: CaseRow, choice: Choice) -> bool:
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


def _was_answered(workspace: Workspace, reference: str, answered: Mapping[str, str]) -> bool:
    missing = dict(answered)
    for answers in _answers(workspace, reference):
        missing = {name: value for name, value in missing.items() if value not in _values(answers, name)}
    return not missing


def _answers(workspace: Workspace, reference: str) -> Iterator[Answers]:
    for stored in workspace.store.events(reference):
        event = e.decode(stored.kind, stored.body)
        if isinstance(event, e.Completed | e.AnsweredLate):
            yield {**event.answers, **event.said}
        if isinstance(event, e.LineAdded | e.LineChanged):
            yield {event.question: [event.line]}


def _values(answers: Answers, name: str) -> set[str]:
    """The answers to a question, also in the lines of a table."""
    values = set[str]()
    for question, answer in answers.items():
        several = answer if isinstance(answer, list) else [answer]
        if question == name:
            values |= {str(value) for value in several}
        for line in several:
            if isinstance(line, dict):
                values |= _values(line, name)
    return values


def place(workspace: Workspace, references: list[str], matter: Matter, *, by: str, now: datetime) -> list[str]:
    """Place a legal hold on these cases; returns those that were not under it before. Raises Refused or UnknownCase.

    Repeated after a failure, it goes on with the cases that are left.
    """
    name, placed = read_matter(matter.matter), []
    read_screened_reason(matter.reason)
    command = c.PlaceLegalHold(matter.matter, matter.reason, matter.requested_by)
    for reference in references:
        if name in _kept_for(workspace, reference):
            continue
        try:
            carry_out(workspace, reference, command, by=by, now=now)
        except Refused:
            if name not in _kept_for(workspace, reference):
                raise
        else:
            placed.append(reference)
    return placed


def lift(workspace: Workspace, references: list[str], matter: Matter, *, by: str, now: datetime) -> list[str]:
    """Lift the hold of a matter from these cases; returns those that were under it. Raises Refused or UnknownCase."""
    kept = [reference for reference in references if read_matter(matter.matter) in _kept_for(workspace, reference)]
    for reference in kept:
        carry_out(workspace, reference, c.LiftLegalHold(matter.matter, matter.reason), by=by, now=now)
    return kept


def matters(workspace: Workspace, references: list[str]) -> list[str]:
    """The matters that these cases are kept for, sorted; raises UnknownCase."""
    return sorted({matter for reference in references for matter in _kept_for(workspace, reference)})


def _kept_for(workspace: Workspace, reference: str) -> Mapping[str, object]:
    row = find(workspace, reference)
    return load(reference, row.state).kept_for


def kept_for_words(case: Case) -> str:
    """'inquest (since Mon 1 Jun 2026: the coroner has asked for it)', or ''."""
    return "; ".join(
        f"{matter} (since {day_words(placed.since)}: {placed.reason})" for matter, placed in case.kept_for.items()
    )
