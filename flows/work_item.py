"""One thing that somebody owes. Prefect runs this when its form has been answered: it records the answer."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from reviewflow.service.answers.result import ASKED_AGAIN, AnswerResult
from tasks.boards.board_artifacts import draw_today
from tasks.forms.answers import case_of, forget_answers, read_answers, record_answer, recorded_before
from tasks.office import this_moment
from tasks.outages import not_carried_out
from tasks.views.view import show
from tasks.views.wound_up import wind_up_this

NOBODY = AnswerResult(
    "Not answered", "The form had not been answered, so nothing was recorded. It will be there again soon."
)
OUT_OF_ORDER = "The answer is kept but could not be recorded: the software failed. It will be tried again by itself."


@flow(name="work-item", log_prints=False)
def work_item(item: str) -> State[None]:
    """Record what was answered on the form of this piece of work. Safe to run again."""
    run_id = str(flow_run.id)
    answers = read_answers(run_id)
    if answers is None:
        return conclusion(recorded_before(item, run_id, this_moment()) or NOBODY)
    recorded = record_answer(item, answers, run_id, this_moment(), return_state=True)
    if not recorded.is_completed():
        return not_carried_out(recorded, OUT_OF_ORDER)
    outcome = recorded.result()
    forget_answers(run_id)
    wind_up_this(run_id, outcome.name)
    own = run_id if outcome.name in ASKED_AGAIN else ""
    show(this_moment(), own, [case_of(item)], return_state=True)  # what fails here, the next sweep shows
    draw_today(this_moment(), return_state=True)
    return conclusion(outcome)


def conclusion(outcome: AnswerResult) -> State[None]:
    """How the run ends; an answer that the rules refuse is no failure of the software."""
    return Completed(name=outcome.name, message=outcome.message)
