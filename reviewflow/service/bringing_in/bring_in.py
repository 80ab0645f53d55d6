"""Cases written with their past, each in a transaction of its own: what was killed is said again, and finishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CaseStatus
from reviewflow.errors import ReviewflowError
from reviewflow.london import london_day, stamp
from reviewflow.service.bringing_in.checking import Ready, in_order
from reviewflow.service.bringing_in.people import give_people
from reviewflow.service.bringing_in.replay import NEW, live
from reviewflow.service.bringing_in.shapes import BroughtInCommand, Moment, Past
from reviewflow.service.commands.carry_out import carry_out, current, find
from reviewflow.service.commands.commit import build_change, effective_day
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, Change, NewCase


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one case."""

    past: Past
    reference: str
    """Its reference; '' when it was refused."""
    was_here: bool = False
    refused: str = ""


def bring_in(office: Workspace, ready: Sequence[Ready], moment: Moment) -> Iterator[Brought]:
    """Write one case after another, those that others started first; what fails stops no other."""
    references = {one.past.was.casefold(): one.here for one in ready if one.here}
    for one in in_order(ready):
        past = _with_references(one.past, references)
        try:
            reference = one.here or _write(office, past, moment)
            references[past.was.casefold()] = reference
            _record_today(office, past, reference, moment)
            _say_origin(office, past, reference, moment)
            give_people(office, past, reference, moment)
        except ReviewflowError as error:
            yield Brought(past, "", refused=str(error))
        else:
            yield Brought(past, reference, was_here=bool(one.here))


def _with_references(past: Past, references: dict[str, str]) -> Past:
    """With the references here of the cases that it started, where they were brought in too."""
    happened = tuple(_named_here(one, references) for one in past.happened)
    return replace(past, happened=happened)


def _named_here(one: BroughtInCommand, references: dict[str, str]) -> BroughtInCommand:
    command = one.command
    if not isinstance(command, c.RecordStarted | c.Link) or command.reference.casefold() not in references:
        return one
    return replace(one, command=replace(command, reference=references[command.reference.casefold()]))


def _write(office: Workspace, past: Past, moment: Moment) -> str:
    """The reference of the case, with all that lies before today, written at once; raises UserError."""
    definition = past.plan.definition
    process = definition.process
    office.store.put_definition(
        definition.hash, process.process, process.version, definition.body, stored_at=stamp(moment.now)
    )
    prefix = process.reference.replace("{year}", str(past.opened.year))

    def build(reference: str) -> Change:
        lived = live(office, past, reference, moment)
        if lived.wrong:
            raise UserError("\n".join(f"{place}: {words}" for place, words in lived.wrong))
        return _change(office, past, reference, lived.events, moment)

    new = NewCase(prefix, process.process, definition.hash, f"{_key(past)}/opened")
    return office.store.create(new, build).reference


def _change(
    office: Workspace, past: Past, reference: str, events: Sequence[tuple[e.Event, date]], moment: Moment
) -> Change:
    case = fold(reference, [event for event, _ in events])
    context = CaseContext(past.plan, case, office.partnership, office.calendars, moment.now)
    definition = past.plan.definition
    row = CaseRow(0, reference, past.process, definition.hash, case.status, 0, reference, "")
    by, key = f"{moment.by} (brought in)", f"{_key(past)}/opened"
    change = build_change(
        context, row, None, [event for event, _ in events], by=by, on=past.opened.isoformat(), key=key
    )
    days = [effective_day(event, day.isoformat()) for event, day in events]
    return replace(change, events=tuple(replace(event, on=on) for event, on in zip(change.events, days, strict=True)))


def _record_today(office: Workspace, past: Past, reference: str, moment: Moment) -> None:
    """What happened on the day of bringing in, as it is recorded on any day: its letters go."""
    case = office.context(find(office, reference), moment.now).case
    day = case.brought_in or london_day(moment.now)
    keyed = enumerate(one for one in past.happened if one.on == day)
    left = [(f"{_key(past)}/{number}", one.command) for number, one in keyed if not _is_new(one.command)]
    while left:
        again, refused = [], ""
        for key, command in left:
            try:
                carry_out(office, reference, command, by=moment.by, now=moment.now, key=key, vouched=moment.vouched)
            except Refused as error:
                again.append((key, command))
                refused = str(error)
        if len(again) == len(left):
            raise UserError(f"{reference} is here; what happened today could not all be recorded: {refused}")
        left = again


def _say_origin(office: Workspace, past: Past, reference: str, moment: Moment) -> None:
    """A case that a step of this one opened says so itself, as one does that is opened by itself."""
    for one in past.happened:
        child = one.command.reference if isinstance(one.command, c.RecordStarted) else ""
        if not child or office.store.load(child) is None:
            continue
        case = current(office, child)
        if case.status is CaseStatus.OPEN and case.origin != reference and reference not in case.related:
            link = c.Link("derived_from", reference, "a step of it opened this case")
            carry_out(office, child, link, by=moment.by, now=moment.now, key=f"{_key(past)}/led to {child}")


def _is_new(command: c.Command) -> bool:
    return isinstance(command, c.RecordStarted) and command.reference == NEW


def _key(past: Past) -> str:
    return f"bring-in/{past.was.casefold()}"
