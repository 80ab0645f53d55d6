"""The flow of a work item with somebody else's memory: a file instead of the store. Loaded by a real runner."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow, task

import flows.work_item
from flows.runner.forked import fork_runs
from reviewflow.service.answers.result import AnswerResult
from reviewflow.store.errors import DiskFull


@task
def record_answer(item: str, answers: dict[str, Any], key: str, now: datetime) -> AnswerResult:
    with Path(os.environ["ANSWERS"]).open("a") as notes:
        notes.write(json.dumps([item, answers, key]) + "\n")
    if "/health" in item:
        raise DiskFull("The database cannot be used: the disk is full on its server; nothing was changed.")
    if answers["quality"] == "Assured":
        return AnswerResult("Done", "Recorded.")
    return AnswerResult("Refused", "A summary that is not quality assured cannot be returned.")


@task
def show(now: datetime, own: str, references: Sequence[str]) -> None:
    message = "nothing can be shown just now"
    raise RuntimeError(message)


flows.work_item.draw_today = lambda *_, **__: None  # type: ignore[assignment]
flows.work_item.record_answer = record_answer  # type: ignore[assignment]
flows.work_item.recorded_before = lambda *_: None
flows.work_item.show = show  # type: ignore[assignment]
work_item = flows.work_item.work_item

if __name__ == "__main__":
    fork_runs()  # as flows.serve does
    served = flow.from_source(source=str(Path.cwd()), entrypoint="tests/prefect/stand_in.py:work_item")
    served.serve(name="work-item", pause_on_shutdown=False)
