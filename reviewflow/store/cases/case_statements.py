"""The statements with which a command moves a case on."""

from __future__ import annotations

from sqlalchemy import update

from reviewflow.store.drivers.sql import given
from reviewflow.store.tables import CASES

cases = CASES.c

ADVANCE = (
    update(CASES)
    .where(cases.id == given("case"), cases.number == given("loaded"))
    .values(number=given("last"), head=given("hash"), state=given("fold"))
)
TURN = ADVANCE.values(status=given("now_status"))
"""As `ADVANCE`, for a change of status: SQLite writes an index anew when its column is named, changed or not."""
MOVE = TURN.values(definition=given("pinned"))
"""As `TURN`, for a case that goes on under another version of its process."""
