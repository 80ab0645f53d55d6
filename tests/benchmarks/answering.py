"""Agency returns of many open reviews, each owed on a page of its own: what is answered there, and without a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from reviewflow.case.model.commands import Complete
from reviewflow.case.model.ids import agency_recipient
from reviewflow.case.model.snapshot import load
from reviewflow.language.model import FieldType, FormFields
from reviewflow.london import london_day
from reviewflow.service.board.facts.seen import as_bytes, brought_up_to_date, kept
from reviewflow.service.board.place import GLANCES
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.door.key import Door
from reviewflow.service.door.letters import addresses_of
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.prepared import insert
from tests.benchmarks.population import copies
from tests.benchmarks.shipped import RapidReviews
from tests.benchmarks.workload import BY

KEY = "a-key-of-the-benchmark-that-is-long-enough"
BEGUN = timedelta(days=1)
ANSWERED = 1_000
"""How many returns are in before anything is measured, so that there are messages as in any office."""
SET_UP = 3
"""How many answers are in when every agency owes its return."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A return that is owed: the path of its page, the form as a browser sends it, and the same as a command."""

    path: str
    body: str
    reference: str
    command: Complete


@dataclass
class Returns:
    """An office with so many open reviews. No two of the returns that it hands out are of the same review."""

    office: Workspace
    door: Door
    now: datetime
    model: str
    _next: int = 0

    def take(self, number: int) -> list[Owed]:
        """So many returns that nobody has answered yet, each with a letter that its page stands in."""
        references = [row.reference for row in self._rows[self._next : self._next + number]]
        assert len(references) == number, "every review has been answered: let there be more of them (--many)"
        self._next += number
        return [self._owed(reference) for reference in references]

    def __post_init__(self) -> None:
        self._rows = self.office.store.cases("open")
        case = load(self.model, find(self.office, self.model).state)
        self._agency = case.agencies[0]
        self._post = agency_recipient(self._agency, "contact")
        self._post_room = Workspace(self.office.store, self.office.folder, plans=self.office.plans)
        """Writes the letters, so that whoever answers has read no case before: as the server, so the store alone."""
        answer = RapidReviews(self.office).answer(case, f"agency_return/{self._agency}", london_day(self.now))
        self._command = Complete(answer.item, answer.answers, receipt_to=self._post)

    def _owed(self, reference: str) -> Owed:
        address, form = mailbox(self.office.partnership, self._post), f"{reference}/{self._command.item}/1"
        assert address
        letter = OutgoingLetter(f"L-{reference}", address, (), self.now)
        row = (letter.number, address, self.now.date().isoformat(), 1, None)
        self.office.store.driver.commit([insert(self.office.store.driver.dialect, "letters", [row])])
        page = addresses_of(self._post_room, self.door, letter, {form: False}, now=self.now)[form]
        return Owed(page.removeprefix(self.door.url), self._body(), reference, self._command)

    def _body(self) -> str:
        plan = self.office.plan(find(self.office, self.model).definition)
        fields = plan.form("agency_return")
        return urlencode([("do", "answer"), *_typed(fields, self._command.answers)])

    def answer(self, owed: Owed) -> None:
        """The same answer as through the page, straight to the store."""
        carry_out(self.office, owed.reference, owed.command, by=BY, now=self.now, key=f"door/{owed.path}")

    def is_answered(self, owed: Owed) -> bool:
        """Whether the return is in, and was counted once."""
        events = self.office.store.events(owed.reference)
        return [event.kind for event in events if owed.command.item in event.body].count("Completed") == 1


def returns_at(office: Workspace, url: str, number: int, answered: int = ANSWERED) -> Returns:
    """So many open reviews, begun yesterday, in which three agencies owe their returns; some `answered` already."""
    now = datetime.now(UTC).replace(microsecond=0)
    day = london_day(now - BEGUN)
    reviews = RapidReviews(office, agencies=3)
    model = reviews.open(day)
    list(islice(reviews.play(model, day), SET_UP))
    copies(office, model, number - 1)
    returns = Returns(office, Door(url, (KEY,)), now, model)
    office.store.driver.commit([("ANALYZE", ())])
    for owed in returns.take(answered):
        returns.answer(owed)
    _settle(office)
    return returns


def _settle(office: Workspace) -> None:
    """As a database is that has stood for a day: what was loaded is cleared up, counted and written to its place.

    PostgreSQL does so by itself in the minutes after, beside what is measured then; and until it has counted the
    messages it goes through all of them for each answer.
    """
    is_sqlite = office.store.driver.dialect is Dialect.SQLITE
    for statement in ("ANALYZE",) if is_sqlite else ("VACUUM ANALYZE", "CHECKPOINT"):
        office.store.driver.commit([(statement, ())])


def write_glances(returns: Returns, board: Path) -> None:
    """What a sweep leaves of each open case, so that an answer has a board to keep up to date."""
    place = board / GLANCES
    board.mkdir(parents=True)
    place.write_bytes(
        as_bytes(brought_up_to_date(returns.office, kept(returns.office, place, now=returns.now), now=returns.now))
    )


def _typed(fields: FormFields, answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The answers as somebody types them into the page."""
    for name, answer in answers.items():
        if fields[name].type is FieldType.DATE:
            parts = zip(("year", "month", "day"), str(answer).split("-"), strict=True)
            yield from ((f"f.{name}-{part}", typed) for part, typed in parts)
        else:
            yield from ((f"f.{name}", str(value)) for value in (answer if isinstance(answer, list) else [answer]))
