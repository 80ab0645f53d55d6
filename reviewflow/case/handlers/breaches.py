"""Looking ahead: what is told, once, when a clock turns out to be late, and when all is well again; why it was late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Outlook
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.late_warnings import is_breached
from reviewflow.case.rules.form_answers import plain_text
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing

if TYPE_CHECKING:
    from reviewflow.case.draft import Draft


def is_late(case: Case, limit: str, today: date) -> bool:
    """Whether a clock was not met, or will not be as things stand."""
    held = case.items.get(limit)
    return held is not None and (is_breached(held, today) or held.outlook is not Outlook.WELL)


def explain_breach(plan: Plan, draft: Draft, command: c.RecordBreach, today: date) -> None:
    """Record why a clock was not met, or will not be."""
    case, limit = draft.case, command.limit
    running = plan.limit_items(case)
    if limit not in running:
        near = suggestion(limit, running)
        raise Refused(
            [f'"{plain_text(limit)}" is not a time limit of {case.reference}.{near}'],
            f"Its time limits: {listing(running, none='none')}.",
        )
    held = case.items.get(limit)
    if not is_late(case, limit, today):
        ends = f" It ends {day_words(held.due)}." if held is not None and held.due else " It does not run."
        raise Refused([f'"{limit}" is not late, so there is nothing to explain.{ends}'], "Nothing was changed.")
    draft.emit(e.BreachExplained(limit, read_reason(command.reason), today))
