"""One case on one page: how it stands in a sentence, its clocks, plan against fact, and what was sent to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus
from reviewflow.case.rules.standing import Standing
from reviewflow.london import london_day, read_stamp
from reviewflow.service.board.facts.glances import glance
from reviewflow.service.board.facts.plan_and_fact import StageBar, stage_bars
from reviewflow.service.board.facts.sent import became, moment_of, sent_counts
from reviewflow.service.board.facts.shapes import Clock, Glance, OwedRow
from reviewflow.service.views.case_page.page import page_of
from reviewflow.service.views.case_page.shapes import CasePage, link_words
from reviewflow.service.views.forecasts import WORST_FIRST
from reviewflow.service.views.in_prefect.summary import shown_papers
from reviewflow.service.views.linked_cases import other_words, others_of
from reviewflow.service.views.redaction import redacted
from reviewflow.service.wording.message_words import message_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, SentMessage
from reviewflow.text import counted, day_words, listing, moment_words

NEXT = 8
"""How many steps that come next are shown."""
OWED = frozenset({Standing.OPEN, Standing.DUE_SOON, Standing.EXPECTED})


@dataclass(frozen=True, slots=True)
class CaseMessage:
    """One kind of message about a case at one moment, with all to whom it went alike."""

    at: str
    what: str
    about: str
    to: str
    became: str
    readers: int = 1
    """How many got it, each about one thing: it is counted as often, as on the page of the agencies."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that comes next: owed now and not late, or planned."""

    day: date
    what: str
    who: str
    """Who owes it; of what several owe alike, all of them."""
    words: str
    """'2 working days left', 'planned', 'was planned for Fri 1 May 2026 (2 working days ago)'."""
    is_owed: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case at one moment; no word in it was typed by anybody."""

    office: str
    now: datetime
    page: CasePage
    glance: Glance
    bars: tuple[StageBar, ...]
    coming: tuple[Coming, ...]
    """What people have to do next, where its day follows from what is known; the earliest first."""
    messages: tuple[CaseMessage, ...]
    """The newest first."""
    papers: tuple[str, ...]
    links: tuple[str, ...]
    kept_until: date | None

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def clock(self) -> Clock | None:
        """The worst of the clocks that run."""
        running = [clock for clock in self.glance.clocks if clock.is_running]
        return min(running, key=lambda clock: (WORST_FIRST.index(clock.verdict), clock.due), default=None)

    @property
    def sent_words(self) -> str:
        """'7 sent, 3 still to go'; what went out together is as many as got it."""
        return sent_counts(word for message in self.messages for word in [message.became] * message.readers)

    @property
    def is_open(self) -> bool:
        """Whether the case goes on."""
        return self.page.status == CaseStatus.OPEN

    @property
    def headline(self) -> str:
        """How it stands: what is likely of its worst clock, and how much is late."""
        if not self.is_open:
            return f"{self.page.ending or self.page.status.capitalize()}."
        late = f"{counted(len(self.glance.late), 'thing')} late" if self.glance.late else "nothing is late"
        if self.clock is None:
            return f"No clock is running; {late}."
        return f"{self.clock.spoken.capitalize()}: {self.clock.title}, due {day_words(self.clock.due)}; {late}."


def case_file(workspace: Workspace, row: CaseRow, *, now: datetime) -> CaseFile:
    """The page of a stored case, as it may be shown where many look; raises DamagedRow."""
    context = workspace.context(row, now)
    naming = redacted(context)
    page = replace(page_of(context, row, naming), others=others_of(workspace, context.case, now=now))
    case, seen = context.case, glance(context, row)
    links = (*link_words(page), *(link.words for link in page.related))
    return CaseFile(
        office=workspace.partnership.partnership,
        now=now,
        page=page,
        glance=seen,
        bars=tuple(stage_bars(context, page)),
        coming=_coming(page, seen),
        messages=tuple(_messages(workspace, context)),
        papers=shown_papers(workspace, context.plan, case),
        links=(*links, *map(other_words, page.others)),
        kept_until=case.kept_until,
    )


def _coming(page: CasePage, seen: Glance) -> tuple[Coming, ...]:
    soon = list(map(_owed, seen.coming))
    known = {(coming.day, coming.what, coming.who) for coming in soon}
    later = [coming for coming in _owed_later(page) if (coming.day, coming.what, coming.who) not in known]
    return tuple(_together(sorted((*soon, *later, *_planned(page)), key=lambda coming: coming.day)))


def _owed_later(page: CasePage) -> Iterator[Coming]:
    """What is owed already and falls due after the days that the board looks ahead."""
    for line in page.steps:
        if line.due and not line.automatic and line.standing in OWED:
            yield Coming(line.due, line.title.removesuffix(f" · {line.owner}"), line.owner, line.days, is_owed=True)


def _owed(row: OwedRow) -> Coming:
    return Coming(row.due, row.what, row.who, row.words, is_owed=True)


def _planned(page: CasePage) -> Iterator[Coming]:
    lines = [line for line in page.steps if line.standing is Standing.NOT_YET and line.due and not line.automatic]
    for line in sorted(lines, key=lambda line: line.due or date.max)[:NEXT]:
        what = line.title.removesuffix(f" · {line.owner}")
        yield Coming(line.due or date.max, what, line.owner, line.passed or "planned", is_owed=False)


def _together(coming: Iterable[Coming]) -> Iterator[Coming]:
    """What several owe alike as one, where the first of them stands."""
    alike: dict[Coming, list[str]] = {}
    for one in coming:
        alike.setdefault(replace(one, who=""), []).append(one.who)
    for one, who in alike.items():
        yield replace(one, who=listing(dict.fromkeys(filter(None, who)), none=""))


def _messages(workspace: Workspace, context: CaseContext) -> Iterator[CaseMessage]:
    naming = redacted(context)
    in_order = workspace.store.messages(context.case.reference)[::-1]
    alike: dict[tuple[str, ...], list[SentMessage]] = {}
    for each in sorted(in_order, key=moment_of, reverse=True):
        alike.setdefault((moment_of(each), each.message, step_of(each.item), became(each)), []).append(each)
    for together in alike.values():
        message, items = together[0], {each.item for each in together}
        to = dict.fromkeys(recipient_title(workspace.partnership, each.recipient) for each in reversed(together))
        yield CaseMessage(
            moment_words(read_stamp(moment_of(message))),
            message_title(context.plan.definition.messages, message.message),
            naming.title(message.item if len(items) == 1 else step_of(message.item)) if message.item else "",
            listing(to),
            became(message),
            len(together),
        )
