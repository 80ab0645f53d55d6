"""Ordinary letters go in office hours, outside the quiet hours."""

from datetime import datetime, timedelta

import pytest

from reviewflow.service.messages.quiet_hours import next_time
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at
from tests.service.delivery.letters import NIGHT, knows


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at(12, 10), at(12, 10)),
        (at(12, 5), at(12, 8) + timedelta(minutes=30)),
        (at(12, 7) + timedelta(minutes=15), at(12, 8) + timedelta(minutes=30)),  # the sending time, not the night's end
        (at(12, 17), at(13, 8) + timedelta(minutes=30)),
        (at(15, 18), at(18, 8) + timedelta(minutes=30)),
        (at(16, 10), at(18, 8) + timedelta(minutes=30)),
        (at(25, 10), at(26, 8) + timedelta(minutes=30)),  # a bank holiday
    ],
)
def test_ordinary_letters_go_in_office_hours(office: Workspace, now: datetime, goes: datetime) -> None:
    knows(office, quiet=NIGHT)
    assert next_time(office.partnership, office.calendars["office"], now) == goes
