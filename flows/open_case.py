"""Opening a case in two steps: first its process, then a form of the days and choices that this process asks for."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.views.by_hand.never_mind import is_put_away
from reviewflow.service.views.by_hand.offered_again import offered_again
from tasks.boards.board_artifacts import draw_today
from tasks.forms.answers import forget_answers
from tasks.forms.opening import make_form, open_it, processes
from tasks.forms.waiting_forms import forget_form, put_away, read_form, wait_for
from tasks.office import this_moment
from tasks.outages import OUTAGES, not_carried_out, not_made
from tasks.views.view import show
from tasks.views.wound_up import under_its_name, wind_up_this

PROCESS = processes()
OUT_OF_ORDER = "The case could not be opened: the software failed. Nothing is lost; start again."


@flow(name="open-case", log_prints=False)
def open_case(process: PROCESS) -> State[None]:  # type: ignore[valid-type]
    """Open a case. The run waits with a form of what this process asks: open its page, press Resume.

    Args:
        process: Which kind of review
    """
    run_id, chosen, title = str(flow_run.id), process.name, f"Open a case: {process.value}"  # type: ignore[attr-defined]
    answers = read_form(run_id)
    if is_put_away(answers):
        return put_away(run_id)
    try:
        form = make_form(chosen)
    except OUTAGES as error:
        return under_its_name(run_id, not_made(error, answers))
    if isinstance(form, AnswerResult):
        return Completed(name=form.name, message=form.message)
    if answers is None:
        raise wait_for(run_id, title, form)
    carried_out = open_it(chosen, answers, run_id, return_state=True)
    if not carried_out.is_completed():
        return under_its_name(run_id, not_carried_out(carried_out, OUT_OF_ORDER))
    opened = carried_out.result()
    forget_answers(run_id)
    if opened.name == REFUSED:
        raise wait_for(run_id, title, offered_again(form, answers), refused=opened.message)
    forget_form(run_id)
    wind_up_this(run_id, f"{opened.name} {opened.message}")
    show(this_moment(), references=[opened.message], return_state=True)  # what fails here, the next sweep shows
    draw_today(this_moment(), return_state=True)
    return Completed(name=opened.name, message=f"{opened.message} is open. Its page appears among the runs.")
