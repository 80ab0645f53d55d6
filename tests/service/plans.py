"""An office with the shipped definitions, and an action plan in it; the fixtures are taken into a conftest."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

SHIPPED = Path(__file__).parents[2] / "definitions"
ACTIONS = [
    {
        "recommendation": 1,
        "action": "Build the check into the electronic form",
        "kind": "single_agency",
        "strength": "strong",
        "lead": "police",
        "contributors": ["education"],
        "due": "2026-09-01",
        "change": "Children are seen alone",
        "evidence": "audit",
    },
    {
        "recommendation": 2,
        "action": "Train the staff of all schools",
        "kind": "single_agency",
        "strength": "weak",
        "lead": "education",
        "due": "2026-06-10",
        "change": "Children are heard",
        "evidence": "data",
    },
]
MILESTONES = [
    {"number": 1, "milestone": "Form drafted", "lead": "police", "due": "2026-06-15"},
    {"number": 1, "milestone": "Form in use", "lead": "police", "due": "2026-07-15"},
]
PLANNED = {"agreed_on": "2026-05-06", "repeats": "no", "paper": "SharePoint 12"}
YES = {"agreed_on": "2026-05-08", "specific": "yes", "change": "yes", "strong_enough": "yes", "agreed": "yes"}


def on(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


def done(office: Workspace, reference: str, item: str, now: datetime, **answers: object) -> None:
    carry_out(office, reference, c.Complete(item, answers), by="tester", now=now)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Workspace]:
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, SHIPPED)
    store.close()


def opened_plan(office: Workspace, agencies: tuple[str, ...] = ("police", "education"), origin: str = "") -> str:
    command = c.Open({"agreed": date(2026, 5, 5)}, agencies, origin)
    return open_case(office, "action_plan", command, by="tester", now=on(5, 5)).case.reference


@pytest.fixture
def plan(office: Workspace) -> str:
    """A plan of two actions, agreed."""
    reference = opened_plan(office)
    done(office, reference, "plan", on(5, 6), **PLANNED, actions=json.dumps(ACTIONS), milestones=json.dumps(MILESTONES))
    done(office, reference, "approve", on(5, 8), **YES)
    return reference


def done_plan(office: Workspace) -> str:
    """A plan of two actions that are done, each with evidence."""
    reference = opened_plan(office)
    done(office, reference, "plan", on(5, 6), **PLANNED, actions=ACTIONS)
    done(office, reference, "approve", on(5, 8), **YES)
    shown = {"done_on_day": "2026-06-01", "result": "as_agreed", "evidence": "audit", "paper": "SharePoint 14"}
    for number in (1, 2):
        done(office, reference, f"do_action/{number}", on(6, 1), **shown)
        done(office, reference, f"see_evidence/{number}", on(6, 2), seen_on="2026-06-02", result="shown")
    return reference
