"""Bodies outside the partnership: the national Panel, a court. They owe it nothing; a step may wait for one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewflow.language.model import OUTSIDE, Ladder, Partnership, Process, Step

_A_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def body_waited_for(step: Step) -> str:
    """The name of the body that a step waits for: 'panel'; '' where it says in words who that is, or for nobody."""
    return step.waits_for if step.waits_for and _A_NAME.match(step.waits_for) else ""


def writes_outside(ladder: Ladder | None) -> bool:
    """Whether a ladder writes to the body that is waited for, and not only to this office."""
    return ladder is not None and any(OUTSIDE in rung.to for rung in ladder.rungs)


def bodies(process: Process, partnership: Partnership | None) -> Mapping[str, str]:
    """The bodies outside that a process may name, with their titles: its own, and those of the partnership."""
    known = partnership.outside if partnership is not None else {}
    return {name: body.title for name, body in known.items()} | (process.outside or {})


def title_waited_for(step: Step, process: Process, partnership: Partnership | None) -> str:
    """Whom a step waits for, as people call them; '' for nobody."""
    return bodies(process, partnership).get(step.waits_for or "") or step.waits_for or ""
