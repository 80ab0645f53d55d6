"""The sweep: what has fallen due is chased, delivered and shown. It may run twice, late or not at all."""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.office import this_moment
from tasks.sweep import deliver, fire, run_automatic_steps
from tasks.view import show


@flow(name="chase", log_prints=False)
def chase() -> list[State[Any]]:
    """Do each part whatever became of the one before it: a mail server that is down stops no clock."""
    now = this_moment()
    return [part(now, return_state=True) for part in (fire, run_automatic_steps, deliver, show)]
