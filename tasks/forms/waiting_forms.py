"""Forms that a run of ours lays out for itself, and waits for: those of opening and of changing a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect.client.schemas.objects import State, StateType
from prefect.exceptions import Pause
from prefect.states import Completed

from reviewflow.service.views.by_hand.never_mind import PUT_AWAY, answers_of_form, with_never_mind
from tasks.forms.answers import forget_answers, read_answers
from tasks.server.prefect_api import FORM, TAG, connected, state
from tasks.views.wound_up import wind_up_this

WAITING, AGAIN = "Waiting", "Refused"


def wait_for(
    run_id: str, title: str, form: Mapping[str, Any], *, tags: tuple[str, ...] = (), refused: str = ""
) -> Pause:
    """Store the form with the run and pause it; to be raised. Nothing that is typed there becomes a parameter.

    `refused` says why the answers of this form were refused: it is offered again.
    """
    name = AGAIN if refused else WAITING
    message = (
        f"{refused} Press Resume to correct it." if refused else "Press Resume for the form; it can be put away there."
    )
    words = refused or "Say what is to be done, or put the form away with “Never mind”."
    with connected() as prefect:
        for key, value in ((FORM["schema"], with_never_mind(form)), (FORM["description"], words)):
            prefect.forget_input(run_id, key)
            prefect.save_input(run_id, key, value)
        prefect.amend(run_id, name=f"{name} · {title}", tags=sorted({TAG, *tags}))
        details = {"pause_reschedule": True, "pause_key": "form", "run_input_keyset": FORM}
        prefect.set_state(run_id, state("PAUSED", name, message, **details))
    return Pause(name, state=State(type=StateType.PAUSED, name=name))


def read_form(run_id: str) -> Mapping[str, Any] | None:
    """The answers to the form of this run; None when there are none. Whoever reached the page typed them."""
    return answers_of_form(read_answers(run_id))


def put_away(run_id: str) -> State[None]:
    """Take the form away, whose answer was that nothing is to be done; how its run ends."""
    forget_answers(run_id)
    forget_form(run_id)
    wind_up_this(run_id, PUT_AWAY)
    return Completed(name=PUT_AWAY, message="Nothing was recorded.")


def forget_form(run_id: str) -> None:
    """Delete the form too, which may hold what was typed before: the run waits no more."""
    with connected() as prefect:
        for key in (FORM["schema"], FORM["description"]):
            prefect.forget_input(run_id, key)
