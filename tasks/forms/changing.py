"""Changing a case from Prefect: a form with what can be changed in it now, and its answers carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prefect import task

from reviewflow.service.answers import case_change
from reviewflow.service.answers.case_change import ChangeForm
from reviewflow.service.answers.result import REFUSED, AnswerResult
from tasks.boards.board import keep_board_after
from tasks.forms.answers import signed_in
from tasks.office import the_workspace


def make_form(reference: str, now: datetime) -> ChangeForm | AnswerResult:
    """The form of this case, or a refusal that says why there is none."""
    with the_workspace() as workspace:
        return case_change.change_form(workspace, reference, now=now)


@task(name="change case", retries=3, retry_delay_seconds=10)
def change_case(reference: str, answers: Mapping[str, Any], key: str, now: datetime) -> AnswerResult:
    """Carry out what was chosen, once for this key; the board shows it at once."""
    with the_workspace() as workspace:
        workspace.signed_in = signed_in(workspace, key)
        changed = case_change.change_case(workspace, reference, answers, key=key, now=now)
        if changed.name != REFUSED:
            keep_board_after(workspace, reference, now)
    return changed


def changed_before(reference: str, key: str) -> AnswerResult | None:
    """The result when an earlier attempt of this run changed the case and stopped after that; None otherwise."""
    with the_workspace() as workspace:
        return case_change.changed_before(workspace, reference, key=key)
