"""The board among Prefect's artifacts: all of it by each sweep, its health last, and today after each answer."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from prefect import task
from prefect.runtime import flow_run
from prefect.settings import get_current_settings

from reviewflow.service.board_markdown.page import BoardPage
from reviewflow.service.board_markdown.pages import health_alone, pages_of_cases, today_alone
from reviewflow.service.workspace.workspace import Workspace
from tasks.office import the_workspace
from tasks.server.prefect_api import connected

SEEN = "reviewflow-board.json"
"""The file beside Prefect's own in which is kept what was worked out, so that only what changed is worked out anew."""


@task(name="draw the board", retries=2, retry_delay_seconds=10)
def draw_board(now: datetime) -> int:
    """Write every page of the board but that of health; returns how many were not as they should be."""
    with the_workspace() as workspace:
        return _write(pages_of_cases(workspace, seen_place(), now=now))


def draw_health(workspace: Workspace, now: datetime) -> None:
    """Write the page of health: by a task of the sweep that was noted, in which it says how that went."""
    _write(health_alone(workspace, os.environ, now=now))


@task(name="draw today", retries=1, retry_delay_seconds=5)
def draw_today(now: datetime) -> int:
    """Write the page of today alone."""
    with the_workspace() as workspace:
        return _write(today_alone(workspace, seen_place(), now=now))


def _write(pages: Iterable[BoardPage]) -> int:
    run_id = str(flow_run.id)
    with connected() as prefect:
        return sum(prefect.write_page(run_id, page.key, page.text, page.about, anywhere=True) for page in pages)


def seen_place() -> Path:
    """Where it is kept what each open case adds to the board."""
    home: Path = get_current_settings().home
    home.mkdir(parents=True, exist_ok=True)
    return home / SEEN
