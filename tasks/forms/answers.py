"""Answers to a form in Prefect: read there, recorded by the service, then deleted there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prefect import task

from reviewflow.service.answers import work_item
from reviewflow.service.answers.form_key import form_key
from reviewflow.service.answers.result import AnswerResult
from reviewflow.service.sign_ins.pressed import PRESSED, who_pressed
from reviewflow.service.workspace.workspace import Workspace
from tasks.boards.board import keep_board_after
from tasks.office import the_workspace
from tasks.server.prefect_api import FORM, connected


def read_answers(run_id: str) -> Mapping[str, Any] | None:
    """The answers to this run's form; None when there are none. Whoever reached the page typed them: trust nothing."""
    with connected() as prefect:
        answers = prefect.read_input(run_id, FORM["response"])
    return answers if isinstance(answers, dict) else None


def signed_in(workspace: Workspace, run_id: str) -> str:
    """Who answered this run's form, as the proxy knows them; '' where no proxy kept it.

    Of several who pressed Resume it is the last before Prefect took an answer: that of the others it did not take.
    """
    if not workspace.store.noted(PRESSED, run_id):
        return ""
    with connected() as prefect:
        states = prefect.states(run_id)
    paused = max((place for place, kept in enumerate(states) if kept["type"] == "PAUSED"), default=len(states))
    taken = next((datetime.fromisoformat(kept["timestamp"]) for kept in states[paused + 1 :]), None)
    return who_pressed(workspace, run_id, by=taken) if taken else ""


def forget_answers(run_id: str) -> None:
    """Delete the answers in Prefect: they stand in the history by now, or were refused."""
    with connected() as prefect:
        prefect.forget_input(run_id, FORM["response"])


def case_of(item: str) -> str:
    """The reference of the case for whose work a run was opened: 'RR-2026-001/agency_return/police/1'."""
    return form_key(item).reference


def recorded_before(item: str, key: str, now: datetime) -> AnswerResult | None:
    """The result when an earlier attempt of this run recorded the answer and stopped after that; None otherwise."""
    with the_workspace() as workspace:
        return work_item.recorded_before(workspace, form_key(item), key=key, now=now)


@task(name="record answer", retries=3, retry_delay_seconds=10)
def record_answer(item: str, answers: Mapping[str, Any], key: str, now: datetime) -> AnswerResult:
    """Record the answers of a work item once for this key, however often it is asked."""
    with the_workspace() as workspace:
        workspace.signed_in = signed_in(workspace, key)
        result = work_item.record_answer(workspace, form_key(item), answers, key=key, now=now)
        keep_board_after(workspace, case_of(item), now)
    return result
