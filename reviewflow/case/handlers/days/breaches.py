"""Late time limits: the daily look ahead, and why a limit was not met."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CUT_SHORT, Case, Outlook
from reviewflow.case.propagation.late_warnings import is_breached, look_ahead
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.forecast import IN_DANGER
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing


def is_late(case: Case, limit: str, now: datetime) -> bool:
    """Whether a time limit was not met in time, or was foreseen to be in danger when it was last looked at."""
    state = case.items.get(limit)
    in_danger = state is not None and (state.outlook is not Outlook.WELL or state.foreseen in IN_DANGER)
    local = now.astimezone(LONDON)
    return state is not None and (in_danger or is_breached(state, local.date(), local.time()))


def look_ahead_today(draft: Draft, _: c.LookAhead) -> None:
    """Warn of what has become late since the last look; nothing in a case that was withdrawn or has ended."""
    if draft.case.status not in CUT_SHORT:
        look_ahead(draft)


def explain_breach(draft: Draft, command: c.RecordBreach) -> None:
    """Record why a time limit was not met, or will not be; raises Refused when it is not late.

    Working Together 2026, chapter 5: delay in publishing is explained to those who wait for the report.
    """
    today = draft.today
    case, limit = draft.case, command.limit
    running = draft.plan.limit_items(case)
    if limit not in running:
        near = suggestion(limit, running)
        raise Refused(
            [f'"{plain_text(limit)}" is not a time limit of {case.reference}.{near}'],
            f"Its time limits: {listing(running, none='none')}.",
        )
    state = case.items.get(limit)
    if not is_late(case, limit, draft.now):
        ends = f" It ends {day_words(state.due)}." if state is not None and state.due else " It does not run."
        raise Refused([f'"{limit}" is not late, so there is nothing to explain.{ends}'], "Nothing was changed.")
    draft.emit(e.BreachExplained(limit, read_reason(command.reason), today))
