"""Verifying the actions of a case from Prefect: a form with all that wait, and its answers carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prefect import task

from reviewflow.service.answers import verification
from reviewflow.service.answers.case_change import ChangeForm
from reviewflow.service.answers.result import REFUSED, AnswerResult
from tasks.boards.board import keep_board_after
from tasks.forms.answers import signed_in
from tasks.office import the_workspace


def make_form(reference: str, now: datetime) -> ChangeForm | AnswerResult:
    """The form of this case, or a refusal that says why there is none."""
    with the_workspace() as workspace:
        return verification.form_of_actions(workspace, reference, now=now)


@task(name="verify actions", retries=3, retry_delay_seconds=10)
def verify(reference: str, answers: Mapping[str, Any], key: str, now: datetime) -> AnswerResult:
    """Record what was said of every action, once for this key; the board shows it at once."""
    with the_workspace() as workspace:
        workspace.signed_in = signed_in(workspace, key)
        verified = verification.verify_actions(workspace, reference, answers, key=key, now=now)
        if verified.name != REFUSED:
            keep_board_after(workspace, reference, now)
    return verified


def verified_before(reference: str, key: str) -> AnswerResult | None:
    """The result when an earlier attempt of this run recorded it and stopped after that; None otherwise."""
    with the_workspace() as workspace:
        return verification.verified_before(workspace, reference, key=key)
