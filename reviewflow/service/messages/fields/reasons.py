"""What a message says of why: what was recorded last of what it tells of, where that could identify nobody."""

from __future__ import annotations

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import WAS_DONE
from reviewflow.privacy import why_not_kept
from reviewflow.service.workspace.context import CaseContext


def reason_words(context: CaseContext, item: str) -> str:
    """'The reason that was recorded: the records are still at the court.'; '' where none was.

    A decision's own note comes before what was said of more time. Words that somebody vouched for are kept in the
    history and not printed: what leaves the building is screened.
    """
    state = context.case.items.get(item)
    if state is None:
        return ""
    question = context.plan.reasons.get(step_of(item), "")
    noted = state.answers.get(question) if state.status in WAS_DONE else None
    return as_sentence(str(noted or state.breach or state.reason))


def as_sentence(reason: str) -> str:
    """A reason as a letter prints it; '' for none, and for one that the screening would not let in."""
    if not reason or why_not_kept(reason):
        return ""
    return f"The reason that was recorded: {reason}{'' if reason.endswith(('.', '!', '?')) else '.'}"
