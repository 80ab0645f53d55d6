"""A form about one case that a run lays out for itself: what comes of its answers, whatever is done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from reviewflow.service.answers.case_change import ChangeForm
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.views.by_hand.never_mind import is_put_away
from reviewflow.service.views.by_hand.offered_again import offered_again
from tasks.boards.board_artifacts import draw_today
from tasks.forms.answers import forget_answers
from tasks.forms.waiting_forms import forget_form, put_away, read_form, wait_for
from tasks.office import this_moment
from tasks.outages import OUTAGES, not_carried_out, not_made
from tasks.views.view import show
from tasks.views.wound_up import under_its_name, wind_up_this


def by_form(
    made: Callable[[str], ChangeForm | AnswerResult],
    what: str,
    carry_out: Callable[[str, Mapping[str, Any]], State[AnswerResult]],
    out_of_order: str,
) -> State[None]:
    """How this run ends: with what its form led to. Raises Pause while the form waits, or is offered again.

    `made` gives the form by the id of the run, or what an earlier attempt of the run did with it; `what` stands in the
    title behind the reference; `out_of_order` is said where `carry_out` fails.
    """
    run_id = str(flow_run.id)
    answers = read_form(run_id)
    if is_put_away(answers):
        return put_away(run_id)
    try:
        form = made(run_id)
    except OUTAGES as error:
        return under_its_name(run_id, not_made(error, answers))
    if isinstance(form, AnswerResult):
        forget_answers(run_id)
        forget_form(run_id)
        return Completed(name=form.name, message=form.message)
    title = f"{form.reference} · {what}"
    if answers is None:
        raise wait_for(run_id, title, form.schema, tags=(form.reference,))
    carried_out = carry_out(run_id, answers)
    if not carried_out.is_completed():
        return under_its_name(run_id, not_carried_out(carried_out, out_of_order))
    outcome = carried_out.result()
    forget_answers(run_id)
    if outcome.name == REFUSED:
        again = offered_again(form.schema, answers)
        raise wait_for(run_id, title, again, tags=(form.reference,), refused=outcome.message)
    return _ended(run_id, form.reference, outcome)


def _ended(run_id: str, reference: str, outcome: AnswerResult) -> State[None]:
    forget_form(run_id)
    wind_up_this(run_id, outcome.name)
    # what cannot be shown now, the next sweep shows
    show(this_moment(), references=[reference], return_state=True)
    draw_today(this_moment(), return_state=True)
    return Completed(name=outcome.name, message=outcome.message)
