"""Summaries for the office, the chairs and the partners. It may run twice or late: each goes once a period."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks.digest import send_digests


@flow(name="digest", log_prints=False)
def digest() -> State[str]:
    """Make the summaries that are due, and send those that wait."""
    return Completed(message=send_digests())
