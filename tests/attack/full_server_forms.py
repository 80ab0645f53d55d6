"""Forms in Prefect that are answered while PostgreSQL has no room: what a manager reads, and what comes of them.

A part of `python -m tests.attack.full_server`. Prefect's own database lies elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import running
from reviewflow.service.views.by_hand.never_mind import ASKED
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.workspace import DEFINITIONS
from reviewflow.store import open_store
from tasks.outages import TO_BE_TRIED_AGAIN
from tests.prefect.page import Page, until
from tests.prefect.test_end_to_end import ANSWERER, OPENING, SET_UP, environment

WHY, KEPT = "the disk is full on its server", "is recorded by itself when that is over"
SKIP, STEP = "Go on without", "Set up the review"
OPENED_WHILE_IT_CAN_BE = (
    *("open", "rapid_review", "--date", "aware=2026-05-01", "--date", "notified=2026-05-05"),
    *("--agency", "police", "--now", "2026-05-12"),
)
RECORDED = {"Done", "Done late", "Opened"}
NO_MAIL = 1
"""A port at which nobody takes letters: none leave in this office."""


def answered_meanwhile(url: str, folder: Path, used_up: Callable[..., AbstractContextManager[None]]) -> Iterator[str]:
    """What is not as it should be: three forms that were laid out before are answered when nothing can be written.

    `used_up` is without room for as long as its block.
    """
    environ = {**environment(folder, NO_MAIL), DATABASE: url, "REVIEWFLOW_OUTBOX_FOLDER": str(folder / "messages")}
    os.environ |= {DATABASE: url, DEFINITIONS: environ[DEFINITIONS]}
    os.chdir(folder)
    with closing(open_store(url)) as store:
        store.migrate()
    with running(folder, free_port(), environ) as started:
        page = Page(started.environment)
        forms = laid_out(page)
        with used_up(OPENED_WHILE_IT_CAN_BE):
            for name, (run, answers) in forms.items():
                page.resume(run, answers)
                yield from _unlike(name, page.reached(run["id"], "COMPLETED", "FAILED", "CRASHED")["state"])
        run_deployment(started.environment, "chase/chase")
        for name, (run, _) in forms.items():
            ended = page.reached(run["id"], "COMPLETED", "FAILED", "CRASHED")["state"]
            print(f"  manager: {name}, with room again: {ended['name']}: {ended['message']}", flush=True)
            yield from () if ended["name"] in RECORDED else [f"{name}, with room again: {ended}"]


def laid_out(page: Page) -> Mapping[str, tuple[dict[str, Any], dict[str, object]]]:
    """The forms of a step, of a change and of a new case, each with what is answered."""
    reference = page.open("Rapid review", OPENING)[1].partition(" ")[0]
    step = until(lambda: page.paused().get(f"{reference} · {STEP}"))
    change = page.reached(page.start("change-a-case/change-a-case", {"reference": reference}), "PAUSED")
    offered = page.form(change)["properties"]["change"]["enum"]
    skip = next(each for each in offered if each.startswith(SKIP) and STEP not in each)
    new = page.reached(page.start("open-case/open-case", {"process": "Rapid review"}), "PAUSED")
    changed = {"change": skip, "reason": "agreed with the chair", "answered_by": ANSWERER}
    return {
        "a step": (step, SET_UP),
        "a change": (change, {ASKED: changed}),
        "a new case": (new, {ASKED: OPENING}),
    }


def _unlike(name: str, ended: Mapping[str, Any]) -> Iterator[str]:
    print(f"  manager: {name}: {ended['name']}: {ended['message']}", flush=True)
    if ended["name"] != TO_BE_TRIED_AGAIN or WHY not in ended["message"] or KEPT not in ended["message"]:
        yield f"{name}: {ended}"
