"""The lines of a timetable: what each owner owes and when, and the days in between that are not worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, key_of, step_of
from reviewflow.case.model.state import CUT_SHORT, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import date_day
from reviewflow.language.model import AGENCY
from reviewflow.language.phrases import Anchor, counts_hours
from reviewflow.language.structure.authority import has_a_national_number, number_words
from reviewflow.london import london_day
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.rehearsal.awaited import ends_rounds
from reviewflow.service.rehearsal.chases import whom
from reviewflow.service.rehearsal.lateness import done_late
from reviewflow.service.rehearsal.moved import MoveCause, causes, changes, date_set
from reviewflow.service.rehearsal.played import Played, gone_on
from reviewflow.service.wording.rounds import again_words
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.days.school_holidays import warning
from reviewflow.text import clock_words, listing, ordinal

FELL_AWAY = frozenset({Status.NOT_NEEDED, Status.WITHDRAWN, Status.NO_MORE})
"""A round that nobody owes any more stands in no timetable; those before it do."""


class RowKind(StrEnum):
    """What a line of the timetable is about."""

    STEP = "step"
    BY_ITSELF = "by itself"
    NATIONAL_LIMIT = "national limit"
    LOCAL_LIMIT = "local limit"
    DATE = "date of the case"
    HOLD = "stands still"
    CLOSED = "not worked"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timetable; owners who share a day stand together."""

    day: date
    """The day it is due, or on which it happens where it has no due day."""
    kind: RowKind
    name: str
    title: str
    who: str
    rule: str
    """How its day is counted, as the definition says it."""
    due: date | None
    opened: date | None
    """The first day on which any of its owners could begin."""
    done: date | None
    until: date | None = None
    """For days not worked: the last of them."""
    round: int = 1
    provisional: bool = False
    note: str = ""
    keys: tuple[str, ...] = ()


def rows(played: Played) -> Iterator[Row]:
    """Items in the order of the process, each round for itself, owners who are alike in one row."""
    plan = played.setting.plan
    place = {name: number for number, name in enumerate((*plan.limits, *plan.order))}
    entries = sorted(_entries(played).items(), key=lambda entry: (place[step_of(entry[0][0])], entry[0][1]))
    moved = causes(played)
    together: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        together.setdefault((*_alike(entry[0][0], entry[1][1]), moved.get(entry[0])), []).append(entry)
    yield from (_row(played, alike, moved.get(alike[0][0])) for alike in together.values())


Entry = tuple[tuple[str, int], tuple[Case, Item]]


def _entries(played: Played) -> dict[tuple[str, int], tuple[Case, Item]]:
    """What became of each item in each round, with the case in which that was last seen to change."""
    entries: dict[tuple[str, int], tuple[Case, Item]] = {}
    for _, before, after in changes(played):
        for item, state in after.items.items():
            was = before.get(item)
            if state is was or state.status is Status.PENDING or _names_the_next(was, state):
                continue
            if state.status in FELL_AWAY:
                entries.pop((item, state.round), None)
            else:
                entries[item, state.round] = (after, state)
    return {key: (case, state) for key, (case, state) in entries.items() if not fell_with_the_end(played, state)}


def _names_the_next(was: Item | None, state: Item) -> bool:
    """Whether all that changed in a round is which contact is written to in the one after it."""
    if was is None or (was.round, was.status) != (state.round, state.status) or was.given_to == state.given_to:
        return False
    return Recipient.parse(was.given_to).is_contact


def fell_with_the_end(played: Played, state: Item) -> bool:
    """Whether it was not due yet when the case ended, and so never became due."""
    if played.case.status not in CUT_SHORT or state.status is not Status.OPEN:
        return False
    return state.due is None or state.due > london_day(played.happenings[-1].now)


def _alike(item: str, state: Item) -> tuple[object, ...]:
    return step_of(item), state.round, state.due, state.done, state.status


def _row(played: Played, alike: Sequence[Entry], moved: MoveCause | None) -> Row:
    (item, number), (case, state) = alike[0]
    plan, name = played.setting.plan, step_of(item)
    items = tuple(entry[0][0] for entry in alike)
    quorum = plan.definition.quorum(name) if name in plan.steps else None
    if quorum is not None and not quorum.is_all:
        items = plan.items(name, case)  # those whose answer is no longer needed owed it all the same
    day = state.due or state.done or state.opened or case.opened
    calendar = days_of(plan, case, item, played.setting.calendars)
    return Row(
        day=day,
        kind=_kind(plan, name),
        name=name,
        title=plan.definition.title(name),
        who=_owners(played, case, items),
        rule=(moved.rule if moved else "") or _rule_of_round(played, name, state),
        due=state.due,
        opened=min((held.opened for _, (_, held) in alike if held.opened), default=None),
        done=state.done,
        round=number,
        provisional=calendar.is_provisional(day),
        note="; ".join(
            filter(
                None, (_by_the_hour(plan, name, state), moved.words if moved else "", _note(played, case, items, state))
            )
        ),
        keys=tuple(key_of(item) for item in items if key_of(item)),
    )


def _by_the_hour(plan: Plan, name: str, state: Item) -> str:
    """'by 14:00', of what is counted in hours: its rule does not name the time of day."""
    rule = plan.rule(name)
    return f"by {clock_words(state.by)}" if state.by is not None and rule is not None and counts_hours(rule) else ""


def _kind(plan: Plan, name: str) -> RowKind:
    if name in plan.limits:
        limit = plan.limits[name]
        national = plan.definition.national.get(limit.national or "")
        return RowKind.NATIONAL_LIMIT if has_a_national_number(limit, national) else RowKind.LOCAL_LIMIT
    return RowKind.BY_ITSELF if plan.is_automatic(name) else RowKind.STEP


def rule_words(teller: Teller, name: str) -> str:
    """'7 working days after notified', or the national limit's length and what it counts from."""
    definition = teller.definition
    if name in definition.process.steps:
        due = definition.process.steps[name].due or definition.process.steps[name].wait
        return teller.rule(due, name) if due else ""
    limit = definition.process.limits[name]
    if limit.national is None:
        return teller.rule(limit.due) if limit.due else ""
    national, start = definition.national[limit.national], Anchor(limit.counts_from or "")
    way = "before" if national.before else "after"
    return f"{limit.within or national.within} {way} {teller.anchor(start)}, {number_words(limit, national)}"


def _rule_of_round(played: Played, name: str, state: Item) -> str:
    """How the day of this round is counted: of what comes again, that of the first is not that of the next."""
    definition = played.setting.plan.definition
    words = rule_words(Teller(definition, played.setting.partnership), name)
    rhythm = definition.process.steps[name].repeats if name in definition.process.steps else None
    if rhythm is None or not state.turn:
        return words
    if not rhythm.after_done:
        return f"{words}, then {again_words(rhythm)}"
    return f"{rhythm.before_round((state.times or 0) + len(state.passed_over))} after the time before"


def _owners(played: Played, case: Case, items: Sequence[str]) -> str:
    plan, partnership = played.setting.plan, played.setting.partnership
    name = step_of(items[0])
    if name in plan.limits:
        return ""
    if plan.is_automatic(name):
        step = plan.steps[name]
        if step.send is None:
            return ""
        to = (recipient for item in items for recipient in recipients(step.to or ("owner",), plan, case, item))
        return f"to {whom(dict.fromkeys(to), partnership, case.agencies)}"
    context = CaseContext(plan, case, partnership, played.setting.calendars, played.happenings[-1].now)
    titles = tuple(dict.fromkeys(owner_title(context, item) for item in items))
    if len(items) > 1 and {key_of(item) for item in items} == set(case.agencies):
        return "each agency" if plan.steps[name].owner == AGENCY else f"{titles[0]}, for each agency"
    return titles[0] if len(titles) == 1 else f"each of {len(titles)}: {', '.join(titles)}"


def _note(played: Played, case: Case, items: Sequence[str], state: Item) -> str:
    plan, number, name = played.setting.plan, state.round, step_of(items[0])
    notes = []
    if number > 1:
        notes.append(f"again, {ordinal(number)} time")
    quorum = plan.definition.quorum(name) if name in plan.steps else None
    if quorum is not None:
        notes.append(Teller(plan.definition, played.setting.partnership).quorum(quorum))
    asks = plan.steps[name].asks if name in plan.steps else None
    if asks is not None:
        notes.append(f"asked in order, {asks.within} each")
    if state.status is Status.SKIPPED:
        notes.append(gone_on(plan))
    elif state.status is Status.OPEN:
        passed_on = name in plan.letters_in_order and played.case.items[items[0]].round > number
        notes.append("not accepted" if passed_on else "not done in this rehearsal")
    elif state.due is None and name in plan.steps and not plan.is_automatic(name):
        notes.append("has no due day; the day is a guess")
        notes.append("what comes again goes on until it is done" if ends_rounds(plan, name) else "")
    else:
        notes.append(done_late(played, case, items[0], state))
    if name in plan.steps and plan.is_automatic(name):
        notes.append(_does(played, case, items[0]))
    owners = (plan.owner(item, played.case) for item in items)
    notes += filter(None, (warning(played.setting.partnership, owner, state.due) for owner in owners))
    return "; ".join(filter(None, notes))


def _does(played: Played, case: Case, item: str) -> str:
    """What an automatic step does."""
    plan = played.setting.plan
    step = plan.steps[step_of(item)]
    if contact := plan.contact(item, case):
        who = Teller(plan.definition, played.setting.partnership).contact(contact)
        return f"the message {step.send} to {who} goes out when somebody releases it"
    if step.send:
        return f"the message {step.send} goes out"
    if step.start:
        return f"opens a case: {step.start.process.replace('_', ' ')}"
    if step.set:
        return "; ".join(f"sets {date_name.replace('_', ' ')} to {rule}" for date_name, rule in step.set.items())
    if step.make:
        return f"makes the document {step.make}"
    if step.run:
        return f"starts {step.run}"
    return "waits until this day"


def case_dates(played: Played) -> Iterator[Row]:
    """The dates that the case carries besides those it opens with, as they stand at the end."""
    setting, case = played.setting, played.case
    teller = Teller(setting.plan.definition, setting.partnership)
    for name, planned in setting.plan.dates.items():
        day = date_day(setting.plan, case, name, setting.calendars)
        if day is not None:
            moved = date_set(played, name)
            yield Row(
                day=day,
                kind=RowKind.DATE,
                name=name,
                title=planned.title,
                who="",
                rule=(moved.rule if moved else "") or (teller.rule(planned.planned) if planned.planned else ""),
                due=day,
                opened=None,
                done=None,
                provisional=setting.office.is_provisional(day),
                note=moved.words if moved else "" if planned.planned is None else "planned",
            )


def holds(played: Played) -> Iterator[Row]:
    """What stood still, from the day it was placed until it was released."""
    placed: dict[str, e.HoldPlaced] = {}
    for happening in played.happenings:
        for event in happening.events:
            if isinstance(event, e.HoldPlaced):
                placed[event.hold] = event
            elif isinstance(event, e.HoldReleased) and event.hold in placed:
                yield _hold(played, placed.pop(event.hold), event.released)
    for event in placed.values():
        yield _hold(played, event, None)


def _hold(played: Played, event: e.HoldPlaced, last: date | None) -> Row:
    definition = played.setting.plan.definition
    name, first, hold = event.hold, event.placed, definition.process.holds[event.hold]
    stopped = [step for step in hold.stops if step not in event.settled]
    stops = listing(map(definition.title, stopped), none="nothing, as what it stops is done")
    note = f"stops {stops}{'; time limits go on' if definition.process.limits else ''}"
    return Row(first, RowKind.HOLD, name, hold.title, "", "", due=None, opened=first, done=last, until=last, note=note)
