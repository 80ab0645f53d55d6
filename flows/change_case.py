"""Changing a case by hand: hold and release, more time, another date, a step that is optional, an ending."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State, StateType
from prefect.exceptions import Pause
from prefect.runtime import flow_run
from prefect.states import Completed

from reviewflow.service.answers.result import AnswerResult
from tasks.answers import forget_answers, read_answers
from tasks.changing import WAITING, change_case, changed_before, lay_out, make_form
from tasks.office import this_moment
from tasks.view import show
from tasks.wound_up import wind_up_this

OUT_OF_ORDER = "The change could not be made: the software failed. Nothing is lost; ask for a new form."


@flow(name="change-a-case", log_prints=False)
def change_a_case(reference: str) -> State[None]:
    """Change a case. The run waits with a form of what can be changed in this case: open its page, press Resume.

    Args:
        reference: The case, such as RR-2026-001
    """
    run_id = str(flow_run.id)
    answers = read_answers(run_id)
    if answers is None:
        made = changed_before(reference, run_id) or make_form(reference, this_moment())
        if isinstance(made, AnswerResult):
            return Completed(name=made.name, message=made.message)
        lay_out(made, run_id)
        raise Pause(WAITING, state=State(type=StateType.PAUSED, name=WAITING))
    changed = change_case(reference, answers, run_id, this_moment(), return_state=True)
    if not changed.is_completed():
        return State(type=StateType.FAILED, name="Failed", message=OUT_OF_ORDER)
    outcome = changed.result()
    forget_answers(run_id)
    wind_up_this(run_id, outcome.name)
    show(
        this_moment(), references=[reference.strip().upper()], return_state=True
    )  # what cannot be shown now, the next sweep shows
    return Completed(name=outcome.name, message=outcome.message)
