"""Opening a case from Prefect's own form, whose choices are made from the definitions."""

from __future__ import annotations

from enum import Enum

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from reviewflow.service.answers.result import REFUSED
from tasks.office import this_moment
from tasks.opening import CALENDAR, forget_opener, open_it, questions
from tasks.view import show

ASKED = questions()


@flow(name="open-case", log_prints=False)
def open_case(
    process: ASKED.process,  # type: ignore[name-defined]
    dates: ASKED.dates,  # type: ignore[name-defined]
    agencies: list[ASKED.agency],  # type: ignore[name-defined]
    opened_by: str,
) -> State[None]:
    """Open a case.

    Args:
        process: Which kind of review
        dates: The dates that this kind of review asks for; leave the others empty
        agencies: Who takes part
        opened_by: Your name and role
    """
    days = {name: day for name, day in dates.model_dump().items() if day is not None}
    chosen = days.pop(CALENDAR).name if isinstance(days.get(CALENDAR), Enum) else ""
    taking_part = tuple(agency.name for agency in agencies)
    run_id = str(flow_run.id)
    opened = open_it(process.name, days, taking_part, opened_by, run_id, chosen)
    forget_opener(run_id)
    if opened.name == REFUSED:
        return Completed(name=REFUSED, message=opened.message)
    show(this_moment(), references=[opened.message], return_state=True)  # what fails here, the next sweep shows
    return Completed(name=opened.name, message=f"{opened.message} is open. Its page appears among the runs.")
