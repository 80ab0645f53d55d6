"""What follows when nothing has come by its day: the step closes with the meaning that the process gives to silence."""

from __future__ import annotations

from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.contacts_in_order import pass_on
from reviewflow.case.handlers.days.holds import hold_by_answers
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answers, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.endings import end_by_answers
from reviewflow.case.propagation.owners import ask_next
from reviewflow.case.propagation.propagate import propagate
from reviewflow.language.model import FieldType
from reviewflow.language.structure.silence import AGREED, silence_answers, silence_meaning


def count_silence(draft: Draft, item: str, day: date) -> None:
    """Close an item by silence on the day on which it was due, with all that the answers of silence lead to."""
    step = draft.plan.steps[step_of(item)]
    if step.asks is not None and ask_next(draft, item, {}):
        return
    meaning, answers = silence_meaning(step), _answers(draft.plan, step_of(item))
    if pass_on(draft, item, answers):
        propagate(draft)
        return
    at = draft.case.items[item].by
    if meaning == AGREED and not answers:
        draft.emit(e.AgreedBySilence(item, day, at))
    else:
        used = draft.plan.used_answers[step_of(item)]
        used_later = {name: value for name, value in answers.items() if name in used}
        others = {name: value for name, value in answers.items() if name not in used}
        draft.emit(e.CountedBySilence(item, day, meaning, used_later, others, at))
    draft.settled = True
    if answers:
        hold_by_answers(draft, item, answers)
        end_by_answers(draft)
    if draft.case.status is CaseStatus.OPEN:
        propagate(draft)


def _answers(plan: Plan, step: str) -> Answers:
    """What silence answers, each in the shape of its question."""
    form = plan.form(step)
    return {
        name: [value] if form[name].type is FieldType.CHOICES else value
        for name, value in silence_answers(plan.steps[step]).items()
    }
