"""A shipped process: a rapid review with eight agencies, in which everybody answers at once as somebody would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path

from reviewflow.case.model.commands import Complete, Open
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case
from reviewflow.case.rules.owed import possible_items
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.messages.clock_words import ClockWords, kept_words
from reviewflow.service.rehearsal.answers import Occasion, good_answers, purposes_of
from reviewflow.service.rehearsal.scenario import Scenario
from reviewflow.service.sweep.clock_words import foreseen_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.benchmarks.population import copies
from tests.benchmarks.workload import BY

DEFINITIONS = Path(__file__).parents[2] / "definitions"
BEGUN, HALF_WAY = (date(2026, 11, 2), 3), (date(2026, 10, 26), 8)
"""The day on which a case was notified, and how many answers are in."""


@dataclass
class RapidReviews:
    """Cases of that process, one command after another the same in each."""

    office: Workspace
    agencies: int = 8

    def open(self, day: date) -> str:
        agencies = tuple(islice(self.office.partnership.agencies, self.agencies))
        opening = Open({"aware": day, "notified": day}, agencies)
        return open_case(self.office, "rapid_review", opening, by=BY, now=_morning(day)).case.reference

    def play(self, reference: str, day: date) -> Iterator[Complete]:
        """Answer what is due first, until nobody owes anything."""
        while owed := self._owed(case := self._case(reference)):
            answer = self.answer(case, owed, day)
            self.complete(reference, answer, day)
            yield answer

    def complete(self, reference: str, answer: Complete, day: date) -> None:
        carry_out(self.office, reference, answer, by=BY, now=_morning(day))

    def _case(self, reference: str) -> Case:
        return load(reference, find(self.office, reference).state)

    def _owed(self, case: Case) -> str:
        """What is due first; '' when nobody owes anything."""
        owed = possible_items(self.office.plan(case.definition), case)
        return min(owed, key=lambda item: (case.items[item].due or date.max, item), default="")

    def answer(self, case: Case, item: str, day: date) -> Complete:
        """What somebody would answer."""
        plan = self.office.plan(case.definition)
        occasion = Occasion(day, self.office.calendars["office"], purposes_of(plan.definition), {})
        scenario = Scenario(case.dates, case.agencies, answers={})
        return Complete(item, good_answers(plan.form(step_of(item)), item, scenario, case, occasion=occasion))


def office_at(url: str) -> Workspace:
    """The shipped definitions over an empty database."""
    store = open_store(url)
    store.migrate()
    return Workspace(store, DEFINITIONS)


def populate(office: Workspace, number: int) -> None:
    """So many open cases with three agencies: half have just begun, and half are half-way."""
    reviews = RapidReviews(office, agencies=3)
    for day, answers in (BEGUN, HALF_WAY):
        reference = reviews.open(day)
        list(islice(reviews.play(reference, day), answers))
        copies(office, reference, number // 2 - 1)
    office.store.driver.commit([("ANALYZE", ())])


def keep_words_of_copies(office: Workspace, now: datetime) -> None:
    """As a sweep keeps the words for their clocks; of copies, which have as many events, one is foreseen."""
    numbers, none = office.store.open_numbers(), kept_words(office, now)
    first = {number: reference for reference, number in reversed(numbers.items())}
    words = dict(foreseen_words(office, [*first.values()], now))
    of_all = {reference: words[first[number]] for reference, number in numbers.items()}
    ClockWords(none.basis, none.day, of_all).keep(office, now)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10, 15), UTC)
