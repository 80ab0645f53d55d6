"""Opening a case from Prefect's form: its questions, and its answers carried out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from prefect import task

from reviewflow.language.folder.library import Library, load_library
from reviewflow.service.answers import opening
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.workspace.workspace import DEFINITIONS
from tasks.boards.board import keep_board_after
from tasks.forms.answers import signed_in
from tasks.office import the_workspace, this_moment


def processes(library: Library | None = None) -> type[Enum]:
    """The processes by title, as the definitions are when the flow is loaded."""
    definitions = library or load_library(Path(os.environ.get(DEFINITIONS, "definitions")))
    titles = {name: process.model.title for name, process in definitions.processes.items()}
    return Enum("Process", titles or {"none": "none"})  # type: ignore[return-value]


def make_form(process: str) -> Mapping[str, Any] | AnswerResult:
    """The form of this process, or a refusal that says why there is none."""
    with the_workspace() as workspace:
        return opening.form_of(workspace, process)


@task(name="open case", retries=3, retry_delay_seconds=10)
def open_it(process: str, answers: Mapping[str, Any], key: str) -> AnswerResult:
    """Open the case once for this key: 'Opened' with its reference, or 'Refused' with what to put right.

    The board shows it at once.
    """
    now = this_moment()
    with the_workspace() as workspace:
        workspace.signed_in = signed_in(workspace, key)
        opened = opening.open_answered(workspace, process, answers, key=key, now=now)
        if opened.name != REFUSED:
            keep_board_after(workspace, opened.message, now)
    return opened
