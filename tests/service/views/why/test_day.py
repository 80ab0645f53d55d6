"""The day that `why` tells: that of what is owed or coming, that which was, and none of what nobody owes."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at
from tests.service.conftest import TOY

CLAIM = """\
language: 1
process: claim
version: 1
title: Decide a claim
reference: CLM-{year}-{number}
opening: {dates: {notified: On which day did it come}}
limits:
  refused_soon: {title: Refuse it soon, due: 20 working days after notified, when: {look.good: no}, met_by: refuse}
  rung_back: {title: They are rung back, due: 30 hours after call.rung_at, met_by: ring_back}
steps:
  look:
    title: Look at it
    owner: chair
    due: 5 working days after notified
    ladder: none
    form: {good: {type: yes_no, label: Is it good}}
  refuse: {title: Refuse it, after: look, when: {look.good: no}, owner: chair, due: 15 working days after notified}
  pay: {title: Pay it, after: look, when: {look.good: yes}, owner: chair, due: 15 working days after notified}
  appeal: {title: Record an appeal, optional: yes, owner: chair, due: 1 working day after opened}
  another: {title: Open another, after: look, start: {process: claim, dates: {notified: look}}}
  in_june: {title: June has begun, after: look, wait: 20 working days after notified}
  call:
    title: Take the call
    owner: chair
    due: 5 working days after notified
    ladder: none
    form: {rung_at: {type: time, label: At what time did they ring}}
  ring_back: {title: Ring back, after: call, owner: chair, due: 4 hours after call.rung_at, ladder: none}
  later: {title: Record a later appeal, after: pay, optional: yes, owner: chair, due: 1 working day after opened}
"""
REFERENCE = "CLM-2026-001"


@pytest.fixture
def looked_at(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An office with a case that was found good on Thu 7 May, and waits to be paid."""
    folder, store = copytree(TOY, tmp_path / "definitions"), open_store(sqlite_url)
    store.migrate()
    (folder / "processes" / "claim.yaml").write_text(CLAIM)
    office = Workspace(store, folder)
    open_case(office, "claim", c.Open({"notified": NOTIFIED}, ()), by=BY, now=at(5))
    carry_out(office, REFERENCE, c.Complete("look", {"good": "yes"}), by=BY, now=at(7))
    yield office
    store.close()


def day(office: Workspace, item: str) -> str:
    """The first sentence about its day."""
    return next(reason.words for reason in why(office, REFERENCE, item, now=at(8)).reasons if reason.about == "day")


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("pay", "It is due on Wed 27 May 2026."),
        ("look", "It was due on Tue 12 May 2026."),
        ("refuse", "It has no due day, because it is not needed."),
        ("refused_soon", "It has no due day, because it is not needed."),
        ("appeal", "It has no due day, because nobody has opened it."),
        ("later", "It has no due day, because nobody has opened it."),
    ],
)
def test_only_what_is_owed_or_coming_is_due(looked_at: Workspace, item: str, says: str) -> None:
    assert day(looked_at, item) == says


def test_what_somebody_opened_is_due(looked_at: Workspace) -> None:
    carry_out(looked_at, REFERENCE, c.OpenStep("appeal", "a letter came"), by=BY, now=at(8))
    assert day(looked_at, "appeal") == "It is due on Mon 11 May 2026."


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("ring_back", "It is due on Thu 7 May 2026, 13:30."),
        ("rung_back", "It is due on Fri 8 May 2026, 15:30."),
    ],
)
def test_hours_may_count_from_a_time_that_was_answered(looked_at: Workspace, item: str, says: str) -> None:
    carry_out(looked_at, REFERENCE, c.Complete("call", {"rung_at": "09:30"}), by=BY, now=at(7))
    words = [reason.words for reason in why(looked_at, REFERENCE, item, now=at(8)).reasons if reason.about == "day"]
    assert words[0] == says
    assert "that is Thu 7 May 2026" in words[1]


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("another", "It happens by itself, with the next sweep (since Thu 7 May 2026)."),
        ("in_june", "It happens by itself, and waits for its day (since Thu 7 May 2026)."),
    ],
)
def test_only_what_waits_for_a_day_is_said_to(looked_at: Workspace, item: str, says: str) -> None:
    reasons = why(looked_at, REFERENCE, item, now=at(8)).reasons
    assert says in [reason.words for reason in reasons]
