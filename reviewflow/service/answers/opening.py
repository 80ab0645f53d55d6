"""The opening of a case by form: moments as people gave them become days and times in London."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.language.problem import DefinitionError
from reviewflow.london import LONDON
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.views.by_hand.opening_form import OpeningAnswers, opening_form, read_opening
from reviewflow.service.views.redaction import spellings, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace

GONE = "There is no such process among the definitions any more. Start again, and choose from the list."


def form_of(workspace: Workspace, process: str) -> Mapping[str, Any] | AnswerResult:
    """The form with which a case of this process is opened, or a refusal that says why there is none."""
    if process not in workspace.library.processes:
        return AnswerResult(REFUSED, GONE)
    return opening_form(workspace.library, process)


def open_answered(
    workspace: Workspace, process: str, answers: Mapping[str, Any], *, key: str, now: datetime
) -> AnswerResult:
    """Open the case once for this key: 'Opened' with its reference, or 'Refused' with what to put right."""
    if process not in workspace.library.processes:
        return AnswerResult(REFUSED, GONE)
    try:
        given = read_opening(workspace.library, process, answers)
    except Refused as refused:
        return AnswerResult(REFUSED, str(refused))
    return open_by_form(workspace, process, given, key=key, now=now)


def open_by_form(workspace: Workspace, process: str, given: OpeningAnswers, *, key: str, now: datetime) -> AnswerResult:
    """As `open_answered`, of answers that were read."""
    try:
        asked = workspace.library.processes[process].model.opening.times
        days = {name: day_and_time(moment)[0] for name, moment in given.moments.items()}
        clocks = {name: day_and_time(moment)[1] for name, moment in given.moments.items() if name in asked}
        times = {name: clock for name, clock in clocks.items() if clock}
        opening = c.Open(days, given.agencies, times=times, calendar=given.calendar)
        opened = open_case(workspace, process, opening, by=given.by, now=now, key=key)
    except (Refused, DefinitionError, UserError) as refused:
        typed = (text for moment in given.moments.values() for text in spellings(day_and_time(moment)[0].isoformat()))
        questions = workspace.library.processes[process].model.opening.dates
        return AnswerResult(REFUSED, by_question(without_typed(str(refused), (given.by, *typed)), questions))
    return AnswerResult("Opened", opened.case.reference)


def by_question(refusal: str, questions: Mapping[str, str]) -> str:
    """A refusal with its dates called as the form asks for them: who answers it never sees their names in the file."""
    for name, question in questions.items():
        asked = f"“{question}”".replace("\\", r"\\")
        refusal = re.sub(rf"^{name}(?=: )|(?<= before ){name}(?= \()", asked, refusal, flags=re.MULTILINE)
    return refusal


def day_and_time(moment: date | datetime) -> tuple[date, time | None]:
    """The day and the time of day in London; a form may give a moment in any time zone, or a day alone."""
    if not isinstance(moment, datetime):
        return moment, None
    local = moment.astimezone(LONDON) if moment.tzinfo is not None else moment
    return local.date(), local.time().replace(second=0, microsecond=0)
