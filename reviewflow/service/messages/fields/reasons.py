"""What a message says of why: what was recorded last of what it tells of, where that could identify nobody."""

from __future__ import annotations

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import WAS_DONE
from reviewflow.language.conditions import leaves
from reviewflow.privacy import why_not_kept
from reviewflow.service.workspace.context import CaseContext


def reason_words(context: CaseContext, item: str) -> str:
    """'The reason that was recorded: the records are still at the court.'; '' where none was.

    A decision's own note comes before what was said of more time. Of a letter that an ending keeps it is why the case
    ended: what somebody said, or the note beside the answer that ended it. Words that somebody vouched for are kept in
    the history and not printed: what leaves the building is screened.
    """
    state = context.case.items.get(item)
    if state is None:
        return ""
    own = _noted(context, item) or state.breach or state.reason
    return as_sentence(own or _why_it_ended(context, step_of(item)))


def _noted(context: CaseContext, item: str) -> str:
    """The note of a step's form that says why, once it was answered."""
    state, question = context.case.items.get(item), context.plan.reasons.get(step_of(item), "")
    return str(state.answers.get(question) or "") if state is not None and state.status in WAS_DONE else ""


def _why_it_ended(context: CaseContext, step: str) -> str:
    """Why the case took its ending, of a step that this ending keeps; '' of any other, and where nobody said why."""
    plan, case = context.plan, context.case
    taken = case.closing or case.ending
    if not taken or step not in plan.kept_by(taken):
        return ""
    when = plan.definition.process.endings[taken].when
    asked = dict.fromkeys(leaf.step for leaf in leaves(when)) if when is not None else ()
    noted = (_noted(context, item) for name in asked if name in plan.steps for item in plan.items(name, case))
    return case.closing_reason or next(filter(None, noted), "")


def as_sentence(reason: str) -> str:
    """A reason as a letter prints it; '' for none, and for one that the screening would not let in."""
    if not reason or why_not_kept(reason):
        return ""
    return f"The reason that was recorded: {reason}{'' if reason.endswith(('.', '!', '?')) else '.'}"
