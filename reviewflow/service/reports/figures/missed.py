"""Every time limit that was missed, one a line, with the reason that was recorded: national and local ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewflow.case.model.state import Status
from reviewflow.service.reports.owed import CaseFacts, Owed
from reviewflow.service.reports.sheets import Cell, ReportScope, Sheet, View, late_by
from reviewflow.text import day_words

COLUMNS = (
    *("Case", "Process", "Time limit", "Authority", "Was due", "Done", "How it ended", "Days late", "Calendar"),
    *("On hold meanwhile", "Reason"),
)
SAYS = (
    "Every limit of these cases that was not met, or is overdue, with the reason as recorded. Of a national one, "
    "and of a local one that says so, it is asked: reviewflow breach. No hold stops a time limit; what was held in the "
    "case while it ran is named. Of a case that was destroyed no reason is kept."
)
NOT_YET = "asked, and not recorded yet"


def missed_sheet(cases: Sequence[CaseFacts], scope: ReportScope, view: View) -> Sheet:
    """Days late are days of the calendar that is named beside them; until today while a limit is overdue."""
    rows = (_row(case, owed, view) for case, owed in _missed(cases, scope, view))
    return Sheet("missed", "Missed time limits", SAYS, COLUMNS, tuple(rows))


def _missed(cases: Sequence[CaseFacts], scope: ReportScope, view: View) -> Iterator[tuple[CaseFacts, Owed]]:
    for case in cases:
        yield from ((case, owed) for owed in case.owed if owed.limit and scope.takes(owed) and late_by(owed, view))


def _row(case: CaseFacts, owed: Owed, view: View) -> tuple[Cell, ...]:
    authority = "national" if owed.national else "local"
    met = owed.done if owed.ended is Status.DONE else None
    ended = "late" if met else "overdue" if owed.ended is Status.OPEN else "the case ended"
    reason = owed.reason or (NOT_YET if owed.reason_asked else "")
    days = (late_by(owed, view), owed.calendar)
    held = "; ".join(_held(case, owed))
    return (owed.reference, case.title, owed.title, authority, owed.due, met, ended, *days, held, reason)


def _held(case: CaseFacts, owed: Owed) -> Iterator[str]:
    """The holds that were in place on a day from the one on which a limit began to that on which it ended."""
    for hold in case.held:
        if (owed.done is None or hold.placed <= owed.done) and (hold.released is None or hold.released > owed.opened):
            until = f"to {day_words(hold.released)}" if hold.released else "and still"
            yield f"{hold.title}, from {day_words(hold.placed)} {until}"
