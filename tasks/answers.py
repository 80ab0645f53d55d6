"""What a person answered on a form: read as it was typed, recorded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import task

from tasks.prefect_api import connected
from tasks.work_items import FORM


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer, in the words that the run then shows."""

    name: str
    """'Done', 'Done late', or 'Refused' when the rules of the case did not allow it."""
    message: str


def read_answers(run_id: str) -> Mapping[str, Any] | None:
    """The answers to this run's form, None when nobody has given any. Whoever reached the page typed them."""
    with connected() as prefect:
        found = prefect.read_input(run_id, FORM["response"])
    return found if isinstance(found, dict) else None


@task(name="record answer", retries=3, retry_delay_seconds=10)
def record_answer(item: str, answers: Mapping[str, Any], key: str, now: datetime) -> Outcome:
    """Record the answers of a work item once for this key, however often it is asked."""
    raise NotImplementedError
