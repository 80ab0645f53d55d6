"""What a command leads to in a case as it stands: by the rules of the case, and by who gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from reviewflow.case.advance import work_out
from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.screening import read_who
from reviewflow.service.commands.another_person import refuse_same_person
from reviewflow.service.commands.form_answers import agencies_by_name
from reviewflow.service.commands.independence import refuse_own_agency
from reviewflow.service.commands.items_by_title import by_name
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace


def draft_of(
    workspace: Workspace,
    plan: Plan,
    case: Case,
    command: c.Command,
    *,
    by: str,
    now: datetime,
    vouched: str = "",
) -> Draft:
    """The case after the command, with the events that lead there; stores nothing, raises Refused."""
    by = read_who(by)
    context = CaseContext(plan, case, workspace.partnership, workspace.calendars, now)
    command = by_name(context, command)
    if isinstance(command, c.Complete) and (step := step_of(command.item)) in plan.steps:
        titles = {name: agency.title for name, agency in workspace.partnership.agencies.items()}
        command = replace(command, answers=agencies_by_name(plan.form(step), command.answers, titles))
    draft = work_out(plan, case, command, now=now, calendars=workspace.calendars, vouched=vouched)
    refuse_same_person(workspace, plan, case, command, by)
    refuse_own_agency(context, command, by)
    return draft
