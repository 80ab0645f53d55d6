"""Changing a case by hand: hold and release, more time, another date, a step that is optional, an ending."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.forms.by_form import by_form
from tasks.forms.changing import change_case, changed_before, make_form
from tasks.office import this_moment

OUT_OF_ORDER = "The change could not be made: the software failed. Nothing is lost; ask for a new form."


@flow(name="change-a-case", log_prints=False)
def change_a_case(reference: str) -> State[None]:
    """Change a case. The run waits with a form of what can be changed in this case: open its page, press Resume.

    Args:
        reference: The case, such as RR-2026-001
    """
    return by_form(
        lambda run_id: changed_before(reference, run_id) or make_form(reference, this_moment()),
        "Change the case",
        lambda run_id, answers: change_case(reference, answers, run_id, this_moment(), return_state=True),
        OUT_OF_ORDER,
    )
