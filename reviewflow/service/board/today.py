"""Today: what is late, what falls due, which clock is in danger, and what waits for a word of the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reviewflow.calendar import OFFICE
from reviewflow.london import london_day
from reviewflow.service.board.facts.changes import Changes, changes
from reviewflow.service.board.facts.glances import AHEAD, glance, look_row
from reviewflow.service.board.facts.mail import MailRow, mail_rows
from reviewflow.service.board.facts.sent import last_sent
from reviewflow.service.board.facts.shapes import Clock, Glance, HoldRow, OwedRow, Verdict
from reviewflow.service.views.case_page.look_again import unexplained_breaches
from reviewflow.service.views.forecasts import WORST_FIRST
from reviewflow.service.views.no_due_date import Undated, undated
from reviewflow.service.views.redaction import redacted
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted, day_words

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class DayOwed:
    """What falls due on one day."""

    day: date
    rows: tuple[OwedRow, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """One morning of the office."""

    office: str
    """What the partnership is called."""
    now: datetime
    cases: int
    """How many are open."""
    late: tuple[OwedRow, ...]
    """The longest late first."""
    days: tuple[DayOwed, ...]
    """Today and each of the next five working days of the office, and what days between them fall due."""
    clocks: tuple[Clock, ...]
    """Those that run, and those that were missed and whose reason is owed: the worst first."""
    holds: tuple[HoldRow, ...]
    reasons: tuple[OwedRow, ...]
    mail: tuple[MailRow, ...]
    decisions: tuple[OwedRow, ...]
    awaited: tuple[OwedRow, ...]
    """What others were to answer by now who owe us nothing."""
    undated: tuple[Undated, ...]
    """What is owed and has no day: it is never late, and nobody is reminded of it."""
    changed: Changes

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def headline(self) -> str:
        """How it stands, in a sentence or two; it begins with how much is late."""
        return " ".join((late_words(len(self.late)), clock_words(self.clocks)))


DANGER = (Verdict.MISSED, Verdict.UNLIKELY, Verdict.TIGHT)
NAMED, MOST_NAMED = (Verdict.MISSED, Verdict.UNLIKELY), 2
"""Which clocks the headline names, with the day on which they end, while they are so few."""


def late_words(number: int) -> str:
    """How much is late, as a sentence."""
    if not number:
        return "Nothing is late."
    return f"{things_words(number).capitalize()} {'is' if number == 1 else 'are'} late."


def clock_words(clocks: Sequence[Clock]) -> str:
    """'One clock is missed (RR-2026-001, Mon 7 Dec 2026), two tight.'; that all are on course, or that none runs."""
    if not clocks:
        return "No clock is running."
    numbers = Counter(clock.verdict for clock in clocks)
    held = numbers[Verdict.HELD]
    parts = [(numbers[verdict], f"{verdict}{_named(clocks, verdict)}") for verdict in DANGER if numbers[verdict]]
    if held:
        parts.append((held, "held and cannot be told"))
    if not parts:
        return f"{_all_words(len(clocks))} on course."
    first, *rest = parts
    words = f"{number_words(first[0]).capitalize()} {'clock is' if first[0] == 1 else 'clocks are'} {first[1]}"
    return f"{', '.join((words, *(f'{number_words(number)} {word}' for number, word in rest)))}."


def _named(clocks: Sequence[Clock], verdict: Verdict) -> str:
    """' (RR-2026-001, Mon 7 Dec 2026)': who reads no further knows which; '' of many, and of what may still be well."""
    meant = [clock for clock in clocks if clock.verdict is verdict]
    if verdict not in NAMED or len(meant) > MOST_NAMED:
        return ""
    return f" ({'; '.join(f'{clock.reference}, {day_words(clock.due)}' for clock in meant)})"


def _all_words(number: int) -> str:
    return "The one clock is" if number == 1 else f"All {counted(number, 'clock')} are"


def things_words(number: int) -> str:
    """'one thing', 'three things'."""
    return f"{number_words(number)} {'thing' if number == 1 else 'things'}"


def number_words(number: int) -> str:
    """'three'; in figures above ten."""
    return SMALL[number] if number < len(SMALL) else f"{number:,}"


def today(workspace: Workspace, *, now: datetime) -> Today:
    """The office at one moment, from its store."""
    return of_glances(workspace, glances(workspace, now=now), now=now)


def glances(workspace: Workspace, *, now: datetime) -> Iterator[Glance]:
    """What each open case adds, in the order in which they were opened."""
    for row in workspace.store.cases("open"):
        with workspace.aside(row.reference):
            yield glance(workspace.context(row, now), row)


def of_glances(workspace: Workspace, seen: Iterable[Glance], *, now: datetime) -> Today:
    """The page from what each open case adds to it."""
    cases = list(seen)
    drawn = [clock for case in cases for clock in case.clocks if clock.is_running or clock.reason_owed]
    day, reasons = london_day(now), [row for case in cases for row in case.reasons]
    return Today(
        office=workspace.partnership.partnership,
        now=now,
        cases=len(cases),
        late=tuple(_with_last_sent(workspace, [row for case in cases for row in case.late])),
        days=tuple(_days(workspace, cases, day)),
        clocks=tuple(sorted(drawn, key=_worst)),
        holds=tuple(sorted((hold for case in cases for hold in case.holds), key=_first_looked_at)),
        reasons=tuple(sorted((*reasons, *_after_all(workspace, now)), key=_longest_late)),
        mail=tuple(mail_rows(workspace, now=now)),
        decisions=tuple(sorted((row for case in cases for row in case.decisions), key=_longest_late)),
        awaited=tuple(row for case in cases for row in case.coming if row.due < day),
        undated=tuple(undated(workspace, now=now, naming=redacted)),
        changed=changes(workspace, now=now),
    )


def _after_all(workspace: Workspace, now: datetime) -> Iterator[OwedRow]:
    """The reasons that are owed of cases that are over."""
    for row in workspace.store.cases("closed"):
        with workspace.aside(row.reference):
            context = workspace.context(row, now)
            looks = [look_row(context, line) for line in unexplained_breaches(context, redacted(context))]
            yield from filter(None, looks)


def _with_last_sent(workspace: Workspace, late: Sequence[OwedRow]) -> Iterator[OwedRow]:
    last = last_sent(workspace, {(row.reference, row.item) for row in late})
    for row in sorted(late, key=_longest_late):
        yield replace(row, last=last.get((row.reference, row.item)))


def _longest_late(row: OwedRow) -> tuple[int, date, str, str]:
    return -row.days if row.late else row.days, row.due, row.reference, row.item


def _worst(clock: Clock) -> tuple[int, int, date, str, str]:
    slack = clock.slack if clock.slack is not None else 0
    return WORST_FIRST.index(clock.verdict), slack, clock.due, clock.reference, clock.item


def _first_looked_at(hold: HoldRow) -> tuple[date, str]:
    return hold.look_again or date.max, hold.reference


def _days(workspace: Workspace, cases: Sequence[Glance], day: date) -> Iterator[DayOwed]:
    calendar = workspace.calendars[OFFICE]
    rows = sorted((row for case in cases for row in case.coming if row.due >= day), key=lambda row: (row.due, row.by))
    following = [calendar.add_working_days(day, number) for number in range(1, AHEAD + 1)]
    for shown in sorted({day, *following, *(row.due for row in rows)}):
        yield DayOwed(shown, tuple(row for row in rows if row.due == shown))
