"""From what a file tells to a case with its past: its process, its days, and a command for each thing that happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model import commands as c
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import REFERENCE_LENGTH
from reviewflow.language.problem import DefinitionError
from reviewflow.language.suggestions import AN_AGENCY, not_among, suggestion
from reviewflow.privacy import why_not_kept
from reviewflow.service.bringing_in.cells import NotUnderstood, day_in, moment_in, several_in, words_in
from reviewflow.service.bringing_in.columns import AGENCIES, CALENDAR, CASE, OPENED, PROCESS, WAS
from reviewflow.service.bringing_in.happenings import HappeningsReader
from reviewflow.service.bringing_in.people import known_people
from reviewflow.service.bringing_in.shapes import Past, Problems, SourceRow, ToldCase
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words, listing

DATES = "dates."


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads the cases of one office on one day; what is wrong goes to the problems."""

    office: Workspace
    today: date
    problems: Problems
    keys: str = field(default="", repr=False)

    def case(self, told: ToldCase) -> Past | None:
        """A case with its past; None when its process or its days cannot be told."""
        place, cells = told.case.place, told.case.cells
        was = self._reference(told.case)
        plan = self._plan(told.case, {})
        if plan is None or was is None:
            return None
        days, times = self._dates(told.case, plan)
        plan = self._plan(told.case, days) or plan
        opened = self._cell(told.case, OPENED, day_in) or max(days.values(), default=None)
        if opened is None:
            self.problems.add(place, f'"{CASE[OPENED]}" is expected: the day on which the case was opened.')
            return None
        if opened > self.today:
            ahead = f"{CASE[OPENED]}: {day_words(opened)} lies ahead; today is {day_words(self.today)}."
            self.problems.add(place, ahead)
            return None
        opening = c.Open(
            days,
            tuple(self._agencies(told.case)),
            times=times,
            calendar=words_in(cells.get(CALENDAR)),
        )
        reader = HappeningsReader(self.office, plan, self.today, self.problems)
        happened = tuple(one for line in told.happened if (one := reader.read(line)) is not None)
        people = known_people(plan, told.people, self.keys, self.problems)
        unread = frozenset(reader.unread)
        return Past(place, was, words_in(cells[PROCESS]), plan, opened, opening, happened, unread, people)

    def _cell(self, told: SourceRow, name: str, read: Callable[[object], date | None]) -> date | None:
        try:
            return read(told.cells.get(name))
        except NotUnderstood as error:
            self.problems.add(told.place, f"{CASE.get(name, name)}: {error}")
            return None

    def _reference(self, told: SourceRow) -> str | None:
        try:
            was = words_in(told.cells.get(WAS))
        except NotUnderstood as error:
            self.problems.add(told.place, f"{CASE[WAS]}: {error}")
            return None
        wrong = why_not_kept(was) or ""
        if not was:
            wrong = "how your office knows the case is expected; it must name nobody."
        elif not wrong and not any(letter.isdigit() for letter in was):
            wrong = f'"{was}" has no number in it. A name cannot be known as one, so write a number, such as SCR 12/26.'
        elif len(was) > REFERENCE_LENGTH:
            wrong = f"{len(was)} characters; at most {REFERENCE_LENGTH} fit."
        if wrong:
            self.problems.add(told.place, f"{CASE[WAS]}: {wrong}")
        return None if wrong else was

    def _plan(self, told: SourceRow, days: Mapping[str, date]) -> Plan | None:
        try:
            definition = self.office.definition(self._process(told), days)
        except (NotUnderstood, DefinitionError, UserError) as error:
            self.problems.add(told.place, f"{CASE[PROCESS]}: {error}")
            return None
        return self.office.plan_of(definition)

    def _process(self, told: SourceRow) -> str:
        process, known = words_in(told.cells.get(PROCESS)), self.office.processes()
        if process not in known:
            near = suggestion(process, known)
            raise NotUnderstood(f'"{process}" is no process here.{near} Processes: {listing(known)}.')
        return process

    def _dates(self, told: SourceRow, plan: Plan) -> tuple[dict[str, date], dict[str, time]]:
        """The dates that are asked when the process opens, by name; a heading may be the name or the question."""
        asked = plan.definition.process.opening.dates
        called = {words.casefold(): name for name, label in asked.items() for words in (name, label, label.rstrip("?"))}
        days: dict[str, date] = {}
        times: dict[str, time] = {}
        for heading, cell in told.cells.items():
            if not heading.startswith(DATES) or cell in {None, ""}:
                continue
            name = called.get(heading.removeprefix(DATES).casefold().rstrip("?"), called.get(_said(heading)))
            try:
                day, clock = moment_in(cell)
            except NotUnderstood as error:
                self.problems.add(told.place, f"{_said(heading)}: {error}")
                continue
            if name is None:
                unknown = (
                    f'"{heading.removeprefix(DATES)}" is not asked when this process opens. It asks: {listing(asked)}.'
                )
                self.problems.add(told.place, unknown)
            elif day is not None:
                days[name] = day
                times |= {name: clock} if clock is not None else {}
        return days, times

    def _agencies(self, told: SourceRow) -> Iterator[str]:
        partners = self.office.partnership.agencies
        called = {agency.title.casefold(): name for name, agency in partners.items()}
        try:
            for named in several_in(told.cells.get(AGENCIES)):
                name = called.get(named.casefold(), named)
                if name not in partners:
                    wrong = f"{not_among(AN_AGENCY, named, partners)} Agencies: {listing(partners)}."
                    self.problems.add(told.place, f"{CASE[AGENCIES]}: {wrong}")
                else:
                    yield name
        except NotUnderstood as error:
            self.problems.add(told.place, f"{CASE[AGENCIES]}: {error}")


def _said(heading: str) -> str:
    return heading.removeprefix(DATES).casefold()


def understood(
    office: Workspace, cases: Iterator[ToldCase], today: date, problems: Problems, keys: str = ""
) -> list[Past]:
    """The cases of all files, each reference once."""
    reading, pasts, places = Understanding(office, today, problems, keys), list[Past](), dict[str, str]()
    for told in cases:
        past = reading.case(told)
        if past is None:
            continue
        if earlier := places.get(past.was.casefold()):
            problems.add(past.place, f'"{past.was}" stands in {earlier} already.')
            continue
        places[past.was.casefold()] = past.place
        pasts.append(past)
    return pasts
