"""Every time limit that was missed, one a line, with the reason that was recorded: national and local ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewflow.case.model.state import Status
from reviewflow.service.reports.owed import CaseFacts, Owed
from reviewflow.service.reports.sheets import Cell, ReportScope, Sheet, View, late_by

COLUMNS = (
    *("Case", "Process", "Time limit", "Authority", "Was due", "Done", "How it ended", "Days late", "Calendar"),
    "Reason",
)
SAYS = (
    "Every limit of these cases that was not met, or is overdue, with the reason as recorded. Of a national one, "
    "and of a local one that says so, it is asked: reviewflow breach. Of a case that was destroyed no reason is kept."
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
    return (owed.reference, case.title, owed.title, authority, owed.due, met, ended, *days, reason)
