"""What a rehearsal assumes: when it opens, who takes part, who is late, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model.commands import Open, RecordOver
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.form_answers import read_answers
from reviewflow.case.rules.linked_cases import ends_with
from reviewflow.language.model import EACH, ORIGIN, Partnership, Step
from reviewflow.language.structure.lists import source_of
from reviewflow.language.structure.owners import ACCEPTED, named_agency, owner_in_answer
from reviewflow.language.suggestions import AN_AGENCY, not_among, suggestion
from reviewflow.service.wording.calendars import calendar_words
from reviewflow.text import clock_words, day_words, listing

AT = time(9)
"""The time of day that is assumed where one is asked and was not given."""
NEVER = None
"""How late somebody is who never answers."""
CAME_FROM = "the case from which it came"
Given = Mapping[tuple[str, str], str]
"""Answers by item (or step) and question."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed of a rehearsal: its days, who takes part, who is late, and what is answered."""

    dates: Mapping[str, date]
    agencies: tuple[str, ...] = ()
    late: Mapping[str, int | None] = field(default_factory=dict)
    """Working days after the due day, by agency or role; None: never."""
    answers: Given = field(default_factory=dict)
    """What was asked for."""
    chosen: Given = field(default_factory=dict)
    """What was found to lead to the end; gives way to what was asked for."""
    shortest: bool = False
    """Answers are chosen so that the fewest steps follow; otherwise so that the most do."""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which it is asked."""
    calendar: str = ""
    """The calendar that is chosen, where one is."""
    over: Mapping[str, date] = field(default_factory=dict)
    """When the case is over that a step opens, by step; `origin`: the one that this one came from."""
    assumed: tuple[str, ...] = ()
    """What nobody said and was therefore assumed, in words."""

    @property
    def opening(self) -> Open:
        """The command that opens its case."""
        origin = CAME_FROM if ORIGIN in self.over else ""
        return Open(self.dates, self.agencies, origin, self.times, self.calendar)

    def started(self, item: str, process: str) -> str:
        """How the case is called that an item opens; apart from others of its process where it ends this one."""
        return f"a case of {process}" + (f" by {item}" if step_of(item) in self.over else "")

    def answer(self, item: str, question: str, *, as_asked: bool = True) -> str | None:
        """The answer asked for, else the one chosen, for this item or for its step."""
        places = ((item, question), (step_of(item), question))
        given = (self.answers, self.chosen) if as_asked else (self.chosen,)
        return next((answers[place] for answers in given for place in places if place in answers), None)


def ended_elsewhere(plan: Plan, case: Case, over: Mapping[str, date]) -> Iterator[tuple[date, RecordOver]]:
    """The other cases with which this one ends, each with the day on which that is over; none once it ends."""
    for name, day in over.items() if not case.closing else ():
        reference = case.origin if name == ORIGIN else case.links.get(name, "")
        status = CaseStatus.ENDED if name == ORIGIN else CaseStatus.CLOSED
        if reference and ends_with(plan, case, reference, status):
            yield day, RecordOver(reference, status)


def scenario(
    plan: Plan,
    partnership: Partnership,
    *,
    dates: Mapping[str, date],
    agencies: tuple[str, ...] = (),
    late: Mapping[str, int | None] | None = None,
    answers: Mapping[str, str] | None = None,
    times: Mapping[str, time] | None = None,
    calendar: str = "",
    over: Mapping[str, date] | None = None,
    today: date,
) -> Scenario:
    """What was asked for, with what was left out assumed; raises Refused with all that cannot be."""
    taking_part = agencies or _some_agencies(plan, partnership)
    late, given = late or {}, dict(_places(answers or {}))
    wrong = [
        *_wrong_agencies(partnership, agencies),
        *_wrong_late(plan, partnership, late, taking_part),
        *_wrong_answers(plan, given, taking_part),
        *_wrong_over(plan, over or {}),
    ]
    if wrong:
        raise Refused(wrong, "Nothing was rehearsed. Correct this and try again.")
    days = {**_missing_dates(plan, dates, today), **dates}
    clocks = {**dict.fromkeys(plan.definition.process.opening.times, AT), **(times or {})}
    unsaid = [name for name in clocks if name not in (times or {})]
    assumed = (*_assumed(plan, partnership, dates, days, agencies, taking_part), *_assumed_times(plan, unsaid))
    if (possible := plan.definition.process.opening.calendar) and not calendar:
        calendar = possible[0]
        assumed += (f"Its days are those of {calendar_words(calendar)}",)
    return Scenario(days, taking_part, late, given, times=clocks, calendar=calendar, over=over or {}, assumed=assumed)


def _wrong_over(plan: Plan, over: Mapping[str, date]) -> Iterator[str]:
    known = [ending.with_the_end_of for ending in plan.definition.process.endings.values() if ending.with_the_end_of]
    for name in over:
        if name not in known:
            possible = f"It may end with that of: {listing(known, none='none')}."
            yield f'This process has no ending that is taken with the end of "{name}". {possible}'


def _assumed_times(plan: Plan, unsaid: Iterable[str]) -> Iterator[str]:
    asked = plan.definition.process.opening.dates
    for name in unsaid:
        yield f"{asked[name].rstrip('?. ')}: at {clock_words(AT)}"


def _some_agencies(plan: Plan, partnership: Partnership) -> tuple[str, ...]:
    needed = plan.definition.process.opening.agencies
    if needed is None:
        return ()
    named = needed.smallest()
    others = [name for name in partnership.agencies if name not in named]
    return (*named, *others[: max(needed.number - len(named), 2 - len(named), 0)])


def _missing_dates(plan: Plan, dates: Mapping[str, date], today: date) -> dict[str, date]:
    day = min(dates.values(), default=today)
    return {name: day for name in plan.definition.process.opening.dates if name not in dates}


def _assumed(
    plan: Plan,
    partnership: Partnership,
    dates: Mapping[str, date],
    days: Mapping[str, date],
    agencies: tuple[str, ...],
    taking_part: tuple[str, ...],
) -> Iterator[str]:
    asked = plan.definition.process.opening.dates
    for name, day in days.items():
        if name not in dates and name in asked:
            yield f"{asked[name].rstrip('?. ')}: {day_words(day)}"
    if len(set(days.values())) > 1:
        yield (
            f"The case is opened on {day_words(max(days.values()))}, when all its opening dates have come. "
            "A day that lies ahead is planned under dates: in the process"
        )
    if taking_part != agencies:
        titles = listing(partnership.agencies[agency].title for agency in taking_part)
        yield f"{titles} take part"


def _places(answers: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    for name, value in answers.items():
        item, _, question = name.rpartition(".")
        yield (item, question), value


def _wrong_agencies(partnership: Partnership, agencies: tuple[str, ...]) -> Iterator[str]:
    known = partnership.agencies
    for name in agencies:
        if name not in known:
            yield not_among(AN_AGENCY, name, known)


def _wrong_late(
    plan: Plan, partnership: Partnership, late: Mapping[str, int | None], agencies: tuple[str, ...]
) -> Iterator[str]:
    known = (*agencies, *_roles(plan))
    for name in late:
        if name not in known and name in partnership.agencies and plan.definition.process.opening.agencies:
            yield f'"{name}" does not take part in this rehearsal, so it cannot be late. Add it: --agency {name}.'
        elif name in plan.steps:
            yield f'"{name}" is a step. Say who is late with it: {plan.steps[name].owner or "nobody owes it"}.'
        elif name not in known:
            yield f'"{name}" owes nothing here, so it cannot be late.{suggestion(name, known)}'


def _roles(plan: Plan) -> tuple[str, ...]:
    owners = [named_agency(step) or step.owner for step in plan.steps.values() if step.owner]
    owners += [role for step in plan.steps.values() for role in _chosen_roles(plan, step)]
    several = [role for step in plan.steps.values() if isinstance(step.for_each, tuple) for role in step.for_each]
    return tuple(dict.fromkeys((*owners, *several)))


def _chosen_roles(plan: Plan, step: Step) -> Iterator[str]:
    """The roles among which an answer chooses who does a step."""
    answered, order = owner_in_answer(step), step.asks.in_order if step.asks else ()
    if answered and answered.kind == ACCEPTED:
        yield from _chosen_roles(plan, plan.steps[answered.step])
        return
    place = f"{answered.step}.{answered.field}" if answered else order if isinstance(order, str) else ""
    if not place and step.owner == EACH and source_of(step):
        place = str(step.for_each)
    if place:
        source, _, field = place.partition(".")
        yield from plan.form(source)[field].options
    yield from () if isinstance(order, str) else order


def _wrong_answers(plan: Plan, given: Given, agencies: tuple[str, ...]) -> Iterator[str]:
    for (item, question), value in given.items():
        step = step_of(item)
        if step not in plan.steps:
            yield f'"{step or question}" is not a step of this process.{suggestion(step, plan.steps)}'
            continue
        asked = plan.form(step)
        if question in asked:
            _, wrong = read_answers({question: asked[question]}, {question: value}, agencies)
            yield from (f"{step}.{reason}" for reason in wrong)
        else:
            near = suggestion(question, asked)
            yield f'"{question}" is not asked in "{step}".{near} It asks: {listing(asked, none="nothing")}.'
