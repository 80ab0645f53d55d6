"""What a message says of a day that is not known yet."""

from datetime import date
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.messages.fields.day_fields import day_to_come
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.plans import SHIPPED, on

LEAD = "lead_decision/lead_police"


def test_of_the_later_of_two_days_the_one_that_is_known_is_the_earliest(tmp_path: Path) -> None:
    """A lead safeguarding partner is asked to keep a day free, though nobody knows when the huddle ends."""
    store = open_store(f"sqlite:///{tmp_path}/t.db")
    store.migrate()
    office = Workspace(store, SHIPPED)
    days = {"aware": date(2026, 5, 1), "notified": date(2026, 5, 5)}
    reference = open_case(office, "rapid_review", c.Open(days, ("police",)), by="t", now=on(5, 5)).case.reference
    row = store.load(reference)
    assert row is not None
    context = office.context(row, on(5, 20))
    # Once that day has passed: as if the huddle ended today.
    late = office.context(row, on(5, 28))
    assert day_to_come(late, "lead_planned/lead_police", LEAD) == "Fri 29 May 2026 at the earliest"
    assert day_to_come(context, "lead_planned/lead_police", LEAD) == "Wed 27 May 2026 at the earliest"
    assert day_to_come(context, "agenda", "verify_panel_action").startswith("a day that is not known yet (")
    store.close()
