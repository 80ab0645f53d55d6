"""A run that asks a manager to look: started by an automation, and red, so that no page shows that all is well."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State, StateType


@flow(name="attention", flow_run_name="Attention · {about} · {words}", log_prints=False)
def attention(words: str, about: str, detail: str = "") -> State[None]:
    """Ask for attention.

    Args:
        words: What it is, in a few words
        about: The case, or the part of the machine
        detail: The step or the limit
    """
    message = f"{about}: {words}{f' ({detail})' if detail else ''}. See Today among the artifacts."
    return State(type=StateType.FAILED, name="Attention", message=message)
