"""What changed since the last office day: told by kind, without a word that somebody typed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from reviewflow.calendar import OFFICE
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.london import LONDON, london_day, read_stamp, stamp
from reviewflow.service.views.redaction import redacted_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import RecordedEvent
from reviewflow.text import moment_words

WORDS: Mapping[str, str] = {
    "Opened": "Opened",
    "Completed": "Done",
    "LimitMet": "Met",
    "LimitBreached": "Missed",
    "LateForeseen": "Foreseen late",
    "WellAgain": "On course again",
    "BreachExplained": "Reason recorded",
    "Extended": "A later day was granted",
    "HoldPlaced": "Held",
    "HoldReleased": "Released",
    "Responded": "Answered a reminder",
    "Undelivered": "A message did not arrive",
    "CaseClosed": "Closed",
    "CaseEnded": "Ended",
    "CaseWithdrawn": "Withdrawn",
}
"""The kinds of events that are told, in the order of the trade; each with its word."""


MOST = 40


@dataclass(frozen=True, slots=True)
class BoardChange:
    """One thing that happened."""

    reference: str
    at: str
    """'Thu 26 Nov 2026 16:42'."""
    kind: str
    """The name under which events of its kind are stored."""
    words: str
    """'Done: Return the summary · Police'."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since a day, the newest first, and how many reminders were written; some may be still to go."""

    since: date
    rows: tuple[BoardChange, ...]
    """At most 40."""
    counts: tuple[tuple[str, int], ...]
    """Of each kind that is told how much there was, by its word: ('Done', 12)."""
    chased: int


def changes(workspace: Workspace, *, now: datetime) -> Changes:
    """Since the start of the last office day before today, in London."""
    since = workspace.calendars[OFFICE].add_working_days(london_day(now), -1)
    begins = datetime.combine(since, time(), LONDON)
    recorded = [row for row in workspace.store.recent_events(stamp(begins)) if row.recorded_at <= stamp(now)]
    told = [row for row in recorded if row.kind in WORDS]
    counts = Counter(WORDS[row.kind] for row in told if not _by_itself(workspace, row))
    rows = tuple(islice(_rows(workspace, reversed(told), now), MOST))
    in_order = tuple((word, counts[word]) for word in WORDS.values() if counts[word])
    return Changes(since, rows, in_order, sum(row.kind == "Chased" for row in recorded))


def _rows(workspace: Workspace, told: Iterable[RecordedEvent], now: datetime) -> Iterator[BoardChange]:
    contexts: dict[str, CaseContext] = {}
    for row in told:
        case = None if row.reference in contexts else workspace.store.load(row.reference)
        if case is not None:
            contexts[row.reference] = workspace.context(case, now)
        if row.reference in contexts:
            moment = moment_words(read_stamp(row.recorded_at))
            for words in _words(contexts[row.reference], e.decode(row.kind, row.body)):
                yield BoardChange(row.reference, moment, row.kind, words)


def _by_itself(workspace: Workspace, row: RecordedEvent) -> bool:
    """Messages, papers and days take nobody's time."""
    if row.kind != e.Completed.KIND:
        return False
    plan, step = workspace.plan(row.definition), step_of(str(json.loads(row.body)["item"]))
    return step not in plan.steps or plan.is_automatic(step)


def _words(context: CaseContext, event: e.Event) -> Iterator[str]:
    """None for what happened by itself: messages, papers and days take nobody's time."""
    plan, word = context.plan, WORDS[event.KIND]
    match event:
        case e.HoldPlaced(hold) | e.HoldReleased(hold):
            yield f"{word}: {plan.holds[hold].title if hold in plan.holds else hold.replace('_', ' ')}"
        case _ if item := str(getattr(event, "item", "")):
            if _is_known(plan, item) and not (isinstance(event, e.Completed) and plan.is_automatic(step_of(item))):
                yield f"{word}: {redacted_title(context, item)}"
        case _:
            yield word


def _is_known(plan: Plan, item: str) -> bool:
    return step_of(item) in plan.steps or plan.is_limit(item)
