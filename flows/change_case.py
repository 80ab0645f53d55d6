"""Changing a case by hand: hold and release, more time, another date, a step that is optional, an ending."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State, StateType
from prefect.runtime import flow_run
from prefect.states import Completed

from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.views.by_hand.never_mind import is_put_away
from reviewflow.service.views.by_hand.offered_again import offered_again
from tasks.boards.board_artifacts import draw_today
from tasks.forms.answers import forget_answers
from tasks.forms.changing import change_case, changed_before, make_form
from tasks.forms.waiting_forms import forget_form, put_away, read_form, wait_for
from tasks.office import this_moment
from tasks.views.view import show
from tasks.views.wound_up import wind_up_this

OUT_OF_ORDER = "The change could not be made: the software failed. Nothing is lost; ask for a new form."


@flow(name="change-a-case", log_prints=False)
def change_a_case(reference: str) -> State[None]:
    """Change a case. The run waits with a form of what can be changed in this case: open its page, press Resume.

    Args:
        reference: The case, such as RR-2026-001
    """
    run_id = str(flow_run.id)
    answers = read_form(run_id)
    if is_put_away(answers):
        return put_away(run_id)
    form = changed_before(reference, run_id) or make_form(reference, this_moment())
    if isinstance(form, AnswerResult):
        forget_answers(run_id)
        forget_form(run_id)
        return Completed(name=form.name, message=form.message)
    title = f"{form.reference} · Change the case"
    if answers is None:
        raise wait_for(run_id, title, form.schema, tags=(form.reference,))
    changed = change_case(reference, answers, run_id, this_moment(), return_state=True)
    if not changed.is_completed():
        return State(type=StateType.FAILED, name="Failed", message=OUT_OF_ORDER)
    outcome = changed.result()
    forget_answers(run_id)
    if outcome.name == REFUSED:
        again = offered_again(form.schema, answers, outcome.message)
        raise wait_for(run_id, title, again, tags=(form.reference,), refused=outcome.message)
    forget_form(run_id)
    wind_up_this(run_id, outcome.name)
    # what cannot be shown now, the next sweep shows
    show(this_moment(), references=[form.reference], return_state=True)
    draw_today(this_moment(), return_state=True)
    return Completed(name=outcome.name, message=outcome.message)
