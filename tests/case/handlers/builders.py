"""A case in a process of two steps, and what a command does to it."""

from datetime import UTC, date, datetime
from typing import Any

from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import apply, fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case
from tests.case import stage

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)
STEPS: dict[str, Any] = {"meet": {"title": "Meet", "owner": "chair"}, "note": {"title": "Note", "owner": "chair"}}


def in_process(name: str = "review", steps: dict[str, Any] = STEPS, **more: Any) -> stage.Stage:
    definitions = stage.office()
    definitions[f"process.{name}"] = stage.process(name, steps, **more)
    return stage.built(definitions, name)


def opened(here: stage.Stage) -> Case:
    opening = c.Open({"notified": date(2026, 5, 5)}, ("police",))
    return fold("RR-2026-001", begin(here.plan, opening, "RR-2026-001", now=NOW, calendars=here.calendars))


def done(here: stage.Stage, case: Case, command: c.Command, now: datetime = NOW) -> tuple[Case, list[e.Event]]:
    """The case afterwards, and what happened; raises Refused."""
    events = list(advance(here.plan, case, command, now=now, calendars=here.calendars))
    for event in events:
        case = apply(case, event)
    return case, events
