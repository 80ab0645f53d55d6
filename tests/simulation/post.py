"""The post of a simulated partnership: what was sent to whom and when, and whether it should have been."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.language.built_in_messages import CASE_GOES_ON, OF_EARLY_ENDS
from reviewflow.service.delivery.letter_body import MOST, compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import outgoing_letters, sent
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice
from tests.simulation.time_words import days_before, untrue_words


@dataclass(frozen=True)
class Sent:
    day: date
    address: str
    urgent: bool
    about: tuple[str, ...]


@dataclass
class Post:
    office: Workspace
    chance: random.Random
    letters: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Messages about what had been answered before they went out."""
    untrue: list[str] = field(default_factory=list)
    """What messages said of days that did not hold when they went out."""
    went: defaultdict[tuple[str, str], set[date]] = field(default_factory=lambda: defaultdict(set))
    """The days on which anything went out about an item of a case."""

    def deliver(self, now: datetime) -> None:
        for ready in outgoing_letters(self.office, clock=lambda: now):  # as the sender takes them: one after another
            for notice in ready.notices:
                self._look(notice.reference, notice.item, notice.message)
                self._hold_to_the_day(notice, now.date())
            about = tuple(f"{notice.reference} {notice.item}" for notice in ready.notices)
            about += tuple(digest.key for digest in ready.digests)
            self._read(ready)
            self.letters.append(Sent(now.date(), ready.address, ready.urgent, about))
            sent(self.office, ready, now=now, detail="")

    def _hold_to_the_day(self, notice: Notice, today: date) -> None:
        about = f"{notice.number} ({notice.message}, {notice.item}) on {today}"
        self.untrue += [f"{about}: {words}" for words in untrue_words(f"{notice.subject}\n{notice.text}", today)]
        went = self.went[notice.reference, notice.item]
        self.untrue += [f"{about}: nothing went on {day}" for day in days_before(notice.text) if day not in went]
        went.add(today)

    def _read(self, ready: OutgoingLetter) -> None:
        """Now and then somebody reads a letter to its end: nothing that is owed is told of as if it were not."""
        if self.chance.random() < 0.05:
            assert all(line in compose(self.office.partnership, ready)[1] for line in ready.also_due[:MOST])

    def more_than_one_a_day(self) -> list[tuple[date, str]]:
        """Days on which a mailbox got a second ordinary letter."""
        ordinary = Counter((each.day, each.address) for each in self.letters if not each.urgent)
        return [when for when, number in ordinary.items() if number > 1]

    def _look(self, reference: str, item: str, message: str) -> None:
        row = self.office.store.load(reference)
        assert row is not None
        case = load(reference, row.state)
        held = case.items.get(item)
        plan = self.office.plan(row.definition)
        step = item.partition("/")[0]
        chased = step in plan.limits or (step in plan.steps and not plan.is_automatic(step))
        ladder = plan.ladder(step) if step in plan.steps else None
        if message in OF_EARLY_ENDS | {CASE_GOES_ON} or (ladder is not None and message == ladder.thanks):
            return
        owed = held is not None and held.status is Status.OPEN and case.status is CaseStatus.OPEN
        if chased and not owed:
            self.wrong.append(f"{reference} {item}: {message}")
