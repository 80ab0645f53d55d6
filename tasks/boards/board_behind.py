"""The board kept up to date behind the answers: who answers does not wait for it, nor does anybody while many do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from reviewflow.service.workspace.workspace import Workspace
from tasks.beside import goes_on
from tasks.boards.board import keep_board_after

BEAT = 0.2
"""Seconds between two looks at what waits."""
RUSH, EACH = 4, 2
"""Answers in a beat from which drawing waits, and cases that are drawn in one: whoever answers then waits for them."""
MOST = 1_000
"""Cases that may wait; what comes on top of them is drawn by the next sweep."""
Draw = Callable[[Workspace, str, datetime], None]


class BoardBehind:
    """The cases in which something was recorded, drawn once it is calm."""

    def __init__(self, office: Callable[[], AbstractContextManager[Workspace]], draw: Draw = keep_board_after) -> None:
        self._office, self._draw = office, draw
        self._lock, self._arrived = threading.Lock(), threading.Event()
        self._waiting: dict[str, datetime] = {}
        self._new = 0

    def follow(self, _workspace: Workspace, reference: str, now: datetime) -> None:
        """Something was recorded in this case."""
        with self._lock:
            self._new += 1
            if reference in self._waiting or len(self._waiting) < MOST:
                self._waiting[reference] = now
        self._arrived.set()

    def beat(self) -> bool:
        """Draw some of what waits, unless many answer at this moment; whether anything still waits."""
        with self._lock:
            is_calm, self._new = self._new < RUSH, 0
        for _ in range(EACH if is_calm else 0):
            for reference, now in self._next().items():
                with goes_on("Drawing the board"), self._office() as workspace:
                    self._draw(workspace, reference, now)
        return bool(self._waiting)

    def _next(self) -> Mapping[str, datetime]:
        """What has waited longest, with when it was recorded; nothing once many answer while another is drawn."""
        with self._lock:
            longest = next(iter(self._waiting), "") if self._new < RUSH else ""
            return {longest: self._waiting.pop(longest)} if longest else {}

    def start(self) -> BoardBehind:
        """Go on beside everything else, until the process ends."""
        threading.Thread(target=self._run, daemon=True, name="board").start()
        return self

    def _run(self) -> None:
        pause = threading.Event()
        while self._arrived.wait():
            self._arrived.clear()
            pause.wait(BEAT)
            while self.beat():
                pause.wait(BEAT)
