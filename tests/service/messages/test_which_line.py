"""Letters about several lines of a table: each says which line it is about, and nothing that stands there."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.also_due import AlsoDue
from reviewflow.service.messages.text import write
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY
from tests.shipped import DEFINITIONS

AGREED = date(2026, 9, 7)
POLICE = "statutory.reviews@northmoor-police.example.org"
ACTION = {"action": "Weekend referrals are read", "kind": "immediate", "strength": "strong", "lead": "police"}
LINE = {
    **ACTION,
    "recommendation": "1",
    "due": "2026-11-02",
    "change": "Nobody waits",
    "measure": "Days",
    "evidence": "audit",
}
APPROVED = {"agreed_on": "2026-09-21", "specific": "yes", "change": "yes", "strong_enough": "yes", "agreed": "yes"}


@pytest.mark.parametrize(("lines", "called"), [(2, "Do the action (number 2)"), (1, "Do the action")])
def test_a_letter_tells_by_its_number_which_line_it_is_about(tmp_path: Path, lines: int, called: str) -> None:
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    office, now = Workspace(store, DEFINITIONS), datetime(2026, 9, 21, 10, tzinfo=UTC)
    opened = open_case(office, "action_plan", c.Open({"agreed": AGREED}, ("police",)), by=BY, now=now)
    reference = opened.case.reference
    plan = {"agreed_on": "2026-09-21", "actions": [LINE] * lines, "repeats": "no", "paper": "SEC-1"}
    carry_out(office, reference, c.Complete("plan", plan), by=BY, now=now)
    carry_out(office, reference, c.Complete("approve", APPROVED), by=BY, now=now)
    row = store.load(reference)
    assert row is not None
    _, text = write(office.context(row, now), f"do_action/{lines}", "action_reminder")
    assert text.startswith(f"{reference}: {called}, by Mon 2 Nov 2026")
    listed = AlsoDue(office, now).lines(POLICE, [])
    assert any(line.startswith(f"{reference}: {called}, by Mon 2 Nov 2026") for line in listed)
    assert not any("Weekend" in told for told in (text, *listed))
    store.close()
