"""Verifying the actions of a case together: as evidenced, but for those of which more is said."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.forms.by_form import by_form
from tasks.forms.verifying import make_form, verified_before, verify
from tasks.office import this_moment

OUT_OF_ORDER = "The actions could not be verified: the software failed. Nothing is lost; ask for a new form."


@flow(name="verify-actions", log_prints=False)
def verify_actions(reference: str) -> State[None]:
    """Verify the actions of a plan. The run waits with a form of all that wait: open its page, press Resume.

    Args:
        reference: The plan, such as AP-2026-001
    """
    return by_form(
        lambda run_id: verified_before(reference, run_id) or make_form(reference, this_moment()),
        "Verify its actions",
        lambda run_id, answers: verify(reference, answers, run_id, this_moment(), return_state=True),
        OUT_OF_ORDER,
    )
