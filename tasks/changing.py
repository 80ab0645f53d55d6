"""Changing a case from Prefect: a form with what can be changed in it now, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import task

from reviewflow.case.model.refusal import Refused
from reviewflow.language.model import ANSWERED_BY
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.views.manual_changes import REASON, choices, command, form, posts
from reviewflow.service.views.redaction import typed_in_case, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tasks.answers import REFUSED, AnswerResult
from tasks.office import the_workspace
from tasks.prefect_api import TAG, connected, state
from tasks.work_items import FORM

HELP = "What can be changed in this case now. Days, holds and endings follow the rules of its process."
WAITING = "Waiting"
WAITS = "Press Resume and say what is to be changed. If nothing is: cancel this run."


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """A form that was made for a case."""

    reference: str
    schema: Mapping[str, Any]


def make_form(reference: str, now: datetime) -> ChangeForm | AnswerResult:
    """The form of this case, or why there is none."""
    with the_workspace() as workspace:
        try:
            row = find(workspace, reference.strip().upper())
            possible = choices(workspace, row, now=now)
        except (Refused, UserError) as refused:
            return AnswerResult(REFUSED, str(refused))
        return ChangeForm(row.reference, form(row.reference, possible, posts(workspace)))


def lay_out(sheet: ChangeForm, run_id: str) -> None:
    """Put the form beside the run and let it wait; nothing that is typed there becomes a parameter of the run."""
    with connected() as prefect:
        prefect.save_input(run_id, FORM["schema"], sheet.schema)
        prefect.save_input(run_id, FORM["description"], HELP)
        prefect.amend(run_id, name=f"{sheet.reference} · Change the case", tags=sorted({TAG, sheet.reference}))
        waiting = state("PAUSED", WAITING, WAITS, pause_reschedule=True, pause_key="form", run_input_keyset=FORM)
        prefect.set_state(run_id, waiting)


@task(name="change case", retries=3, retry_delay_seconds=10)
def change_case(reference: str, answers: Mapping[str, Any], key: str, now: datetime) -> AnswerResult:
    """Carry out what was chosen, once for this key."""
    with the_workspace() as workspace:
        row = find(workspace, reference.strip().upper())
        by = str(answers.get(ANSWERED_BY) or "").strip()
        try:
            wanted = command(row.reference, answers, choices(workspace, row, now=now), posts(workspace))
            carry_out(workspace, row.reference, wanted, by=by, now=now, key=key)
        except (Refused, UserError) as refused:
            return AnswerResult(REFUSED, without_typed(str(refused), _said(workspace, row.reference, answers)))
        return _changed(row.reference)


def changed_before(reference: str, key: str) -> AnswerResult | None:
    """What became of it when an earlier attempt of this run changed the case and was cut short after that."""
    with the_workspace() as workspace:
        row = workspace.store.load(reference.strip().upper())
        return _changed(row.reference) if row is not None and workspace.store.recorded(row, key) is not None else None


def _changed(reference: str) -> AnswerResult:
    return AnswerResult("Done", f"{reference} was changed; what and why stands in its history.")


def _said(workspace: Workspace, reference: str, answers: Mapping[str, Any]) -> tuple[str, ...]:
    row = find(workspace, reference)
    plan, case = workspace.plan_and_case(row)
    return (str(answers.get(REASON) or ""), str(answers.get(ANSWERED_BY) or ""), *typed_in_case(plan, case))
