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
    context = workspace.context_of(plan, case, now)
    command = _with_agencies_by_name(context, by_name(context, command))
    draft = work_out(plan, case, command, now=now, calendars=workspace.calendars, vouched=vouched)
    refuse_same_person(workspace, plan, case, command, by)
    refuse_own_agency(context, command, by)
    return draft


def _with_agencies_by_name(context: CaseContext, command: c.Command) -> c.Command:
    """The command with each agency that its answers give by title under its name."""
    plan = context.plan
    match command:
        case c.Complete(item) if step_of(item) in plan.steps:
            asked = plan.form(step_of(item))
        case c.ChangeLine(table):
            asked = plan.columns(table)
        case _:
            return command
    titles = {name: agency.title for name, agency in context.partnership.agencies.items()}
    return replace(command, answers=agencies_by_name(asked, command.answers, titles))
