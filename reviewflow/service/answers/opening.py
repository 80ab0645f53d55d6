"""The opening of a case by form: moments as people gave them become days and times in London."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.language.problem import DefinitionError
from reviewflow.london import LONDON
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.views.redaction import spellings, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace


def open_by_form(
    workspace: Workspace,
    process: str,
    moments: Mapping[str, date],
    agencies: tuple[str, ...],
    *,
    calendar: str = "",
    by: str,
    key: str,
    now: datetime,
) -> AnswerResult:
    """Open the case once for this key: 'Opened' with its reference, or 'Refused' with what to put right."""
    try:
        processes = workspace.library.processes
        asked = processes[process].model.opening.times if process in processes else ()
        days = {name: day_and_time(moment)[0] for name, moment in moments.items()}
        times = {
            name: clock for name, moment in moments.items() if (clock := day_and_time(moment)[1]) and name in asked
        }
        opened = open_case(
            workspace, process, c.Open(days, agencies, times=times, calendar=calendar), by=by, now=now, key=key
        )
    except (Refused, DefinitionError, UserError) as refused:
        typed = (text for moment in moments.values() for text in spellings(day_and_time(moment)[0].isoformat()))
        return AnswerResult(REFUSED, without_typed(str(refused), (by, *typed)))
    return AnswerResult("Opened", opened.case.reference)


def day_and_time(moment: date | datetime) -> tuple[date, time | None]:
    """The day and the time of day in London; a form may give a moment in any time zone, or a day alone."""
    if not isinstance(moment, datetime):
        return moment, None
    local = moment.astimezone(LONDON) if moment.tzinfo is not None else moment
    return local.date(), local.time().replace(second=0, microsecond=0)
