"""Forms that a run of ours lays out for itself, and waits for: those of opening and of changing a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect.client.schemas.objects import State, StateType
from prefect.exceptions import Pause

from tasks.prefect_api import TAG, connected, state
from tasks.work_items import FORM

WAITING, AGAIN = "Waiting", "Refused"


def wait_for(
    run_id: str, title: str, form: Mapping[str, Any], *, tags: tuple[str, ...] = (), refused: str = ""
) -> Pause:
    """Store the form with the run and pause it; to be raised. Nothing that is typed there becomes a parameter.

    `refused` says why the answers of this form were refused: it is offered again.
    """
    name = AGAIN if refused else WAITING
    message = f"{refused} Press Resume to correct it." if refused else "Press Resume for the form, or cancel this run."
    with connected() as prefect:
        for key, value in ((FORM["schema"], form), (FORM["description"], message)):
            prefect.forget_input(run_id, key)
            prefect.save_input(run_id, key, value)
        prefect.amend(run_id, name=f"{name} · {title}", tags=sorted({TAG, *tags}))
        details = {"pause_reschedule": True, "pause_key": "form", "run_input_keyset": FORM}
        prefect.set_state(run_id, state("PAUSED", name, message, **details))
    return Pause(name, state=State(type=StateType.PAUSED, name=name))


def forget_form(run_id: str) -> None:
    """Delete the form too, which may hold what was typed before: the run waits no more."""
    with connected() as prefect:
        for key in (FORM["schema"], FORM["description"]):
            prefect.forget_input(run_id, key)
