"""Agencies: what each owes, how punctual it was this year, and every message that was sent to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reviewflow.case.model.ids import Recipient, agency_recipient, outside_recipient
from reviewflow.case.model.state import Status
from reviewflow.london import london_day, read_stamp, stamp
from reviewflow.service.board.facts.sent import became, messages_of, moment_of, sent_counts
from reviewflow.service.board.facts.shapes import Glance, OwedRow
from reviewflow.service.board.today import number_words, things_words
from reviewflow.service.board.year import year_of
from reviewflow.service.reports.owed import CaseFacts
from reviewflow.service.reports.sheets import View, late_by
from reviewflow.service.views.redaction import redacted_title
from reviewflow.service.wording.message_words import message_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import SentMessage
from reviewflow.text import moment_words

BACK = timedelta(days=92)
"""How far back messages are listed."""


@dataclass(frozen=True, slots=True)
class AgencyMessage:
    """One message to one post of an agency, or to a body outside."""

    reference: str
    at: str
    """When it left, goes, or was written: 'Tue 24 Nov 2026 09:30'."""
    what: str
    about: str
    """The title of the step or the limit; '' for the case as a whole."""
    to: str
    became: str


class WrittenTo:
    """Somebody to whom messages went."""

    __slots__ = ()
    messages: tuple[AgencyMessage, ...]

    @property
    def sent_words(self) -> str:
        """'7 sent, 3 still to go'."""
        return sent_counts(message.became for message in self.messages)


@dataclass(frozen=True, slots=True)
class AgencyLine(WrittenTo):
    """One agency."""

    name: str
    title: str
    late: tuple[OwedRow, ...]
    coming: tuple[OwedRow, ...]
    """What it owes in the next five working days."""
    on_time: int
    """Of what it returned since April, or is late with: how much came in time."""
    counted: int
    messages: tuple[AgencyMessage, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class BodyLine(WrittenTo):
    """Somebody outside who is waited for, and owes nothing."""

    name: str
    """By which partnership.yaml knows its mailbox; '' where none is known."""
    title: str
    awaited: tuple[OwedRow, ...]
    """What has not come yet, that which was hoped for first first."""
    messages: tuple[AgencyMessage, ...]


@dataclass(frozen=True, slots=True)
class Agencies:
    """Every agency that owes, owed or was written to; those that are late with most first."""

    office: str
    now: datetime
    since: date
    """The first of April from which punctuality is counted."""
    counted: datetime
    """When punctuality was counted, which is done once a day."""
    messages_since: date
    lines: tuple[AgencyLine, ...]
    bodies: tuple[BodyLine, ...] = ()

    @property
    def headline(self) -> str:
        """How many agencies are late, and with how much."""
        late = [line for line in self.lines if line.late]
        if not late:
            return "No agency is late."
        number = number_words(len(late)).capitalize()
        things = things_words(sum(len(line.late) for line in late))
        return f"{number} {'agency is' if len(late) == 1 else 'agencies are'} late, with {things}."


def agencies_page(
    workspace: Workspace,
    seen: Sequence[Glance],
    punctual: Mapping[str, tuple[int, int]],
    *,
    counted: datetime,
    now: datetime,
) -> Agencies:
    """What each agency owes by what each open case adds; `punctual` is what `punctuality` counted, and when."""
    since = london_day(now) - BACK
    year, names = year_of(london_day(now)), list(workspace.partnership.agencies)
    messages = _by_reader(workspace, since, now)
    lines = [
        _line(workspace, name, seen, punctual.get(name, (0, 0)), messages.get(agency_recipient(name), ()))
        for name in names
    ]
    known = [line for line in lines if line.late or line.coming or line.counted or line.messages]
    known.sort(key=lambda line: (-len(line.late), -max((row.days for row in line.late), default=0), line.title))
    bodies = tuple(_bodies(workspace, seen, messages))
    return Agencies(workspace.partnership.partnership, now, year.first, counted, since, tuple(known), bodies)


def _bodies(
    workspace: Workspace, seen: Sequence[Glance], messages: Mapping[str, Sequence[AgencyMessage]]
) -> Iterator[BodyLine]:
    """Whom cases wait for, and who was written to, by title."""
    awaited: dict[str, list[OwedRow]] = {}
    for row in sorted((row for case in seen for row in case.coming if row.awaited), key=lambda row: row.due):
        awaited.setdefault(row.awaited, []).append(row)
    known = {body.title: name for name, body in workspace.partnership.outside.items()}
    for title in sorted({*awaited, *known}):
        sent = messages.get(outside_recipient(known[title]), ()) if title in known else ()
        if title in awaited or sent:
            yield BodyLine(known.get(title, ""), title, tuple(awaited.get(title, ())), tuple(sent))


def _line(
    workspace: Workspace,
    name: str,
    seen: Sequence[Glance],
    punctual: tuple[int, int],
    messages: Sequence[AgencyMessage],
) -> AgencyLine:
    late = [row for case in seen for row in case.late if row.agency == name]
    coming = [row for case in seen for row in case.coming if row.agency == name]
    late.sort(key=lambda row: (-row.days, row.reference))
    coming.sort(key=lambda row: (row.due, row.reference))
    title = recipient_title(workspace.partnership, agency_recipient(name))
    return AgencyLine(name, title, tuple(late), tuple(coming), *punctual, tuple(messages))


def punctuality(workspace: Workspace, facts: Iterable[CaseFacts], *, now: datetime) -> Mapping[str, tuple[int, int]]:
    """By agency, how much that was due since April came in time, of how much that came or is late."""
    view, year = View(london_day(now), workspace.calendars, workspace.partnership), year_of(london_day(now))
    counts: dict[str, tuple[int, int]] = {}
    for case in facts:
        for owed in case.owed:
            whose = Recipient.parse(owed.owner) if owed.owner else None
            if whose is None or not whose.is_agency or owed.due is None or not year.first <= owed.due:
                continue
            late, done = late_by(owed, view) > 0, owed.ended is Status.DONE
            if done or (late and owed.ended is Status.OPEN):
                in_time, counted = counts.get(whose.name, (0, 0))
                counts[whose.name] = in_time + (done and not late), counted + 1
    return counts


def _by_reader(workspace: Workspace, since: date, now: datetime) -> Mapping[str, Sequence[AgencyMessage]]:
    """What was sent, by whom it went to: 'agency:police' for every post of it, 'outside:panel'."""
    begins = read_stamp(f"{since.isoformat()}T00:00:00+00:00")
    by_reader: dict[str, list[AgencyMessage]] = {}
    written = [message for message in workspace.store.messages(since=stamp(begins)) if _reader(message)]
    titles = dict(_titles(workspace, written, now))
    called = {each: messages_of(workspace, each) for each in {message.reference for message in written}}
    newest_first = written[::-1]
    for message in sorted(newest_first, key=moment_of, reverse=True):
        moment = read_stamp(moment_of(message))
        by_reader.setdefault(_reader(message), []).append(
            AgencyMessage(
                message.reference,
                moment_words(moment),
                message_title(called[message.reference], message.message),
                titles.get((message.reference, message.item), ""),
                recipient_title(workspace.partnership, message.recipient),
                became(message),
            )
        )
    return by_reader


def _reader(message: SentMessage) -> str:
    """The agency or the body outside that a message went to; '' for a post of our own."""
    to = Recipient.parse(message.recipient)
    return agency_recipient(to.name) if to.is_agency else message.recipient if to.is_outside else ""


def _titles(
    workspace: Workspace, written: Sequence[SentMessage], now: datetime
) -> Iterator[tuple[tuple[str, str], str]]:
    """What each message is about, as it may be shown to many."""
    items: dict[str, set[str]] = {}
    for message in written:
        items.setdefault(message.reference, set()).add(message.item)
    for reference, about in items.items():
        row = workspace.store.load(reference)
        if row is not None:
            context = workspace.context(row, now)
            yield from (((reference, item), redacted_title(context, item)) for item in about if item)
