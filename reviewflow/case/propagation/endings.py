"""Ways out of a process by the answers that were given."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import CaseStatus
from reviewflow.case.propagation.limits import stop_clocks
from reviewflow.case.rules.conditions import evaluate
from reviewflow.case.rules.edition import unanswered_is_not_decided


def end_by_answers(draft: Draft) -> None:
    """End the case when the answers so far say so. A limit that the last answer met is met first."""
    plan = draft.plan
    for name, ending in plan.definition.process.endings.items():
        if ending.when is not None and evaluate(plan, draft.case, ending.when, ""):
            stop_clocks(draft)
            draft.emit(e.CaseEnded(name, draft.today))
            return


def end_by_what_was_settled(draft: Draft) -> None:
    """End the case when what followed from an answer decides it: a question that will not be asked any more.

    Only after something was settled by this command, so that a case that was opened again is not ended at once.
    """
    if draft.settled and draft.case.status is CaseStatus.OPEN and unanswered_is_not_decided(draft.case):
        end_by_answers(draft)
