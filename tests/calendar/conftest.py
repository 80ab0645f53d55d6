from datetime import date
from pathlib import Path

import pytest

from reviewflow.calendar import Calendar, Calendars
from reviewflow.service.workspace.days.calendars import load_calendars

SHIPPED = Path(__file__).parents[2] / "definitions" / "calendars.yaml"
SHUTDOWN = {date(2026, 12, day): "Council closed" for day in (29, 30, 31)}


@pytest.fixture(scope="session")
def calendars() -> Calendars:
    """The shipped calendars, of an office that is closed between Christmas and New Year 2026."""
    return load_calendars(SHIPPED, SHUTDOWN)


@pytest.fixture(scope="session")
def england(calendars: Calendars) -> Calendar:
    return calendars["england"]


@pytest.fixture(scope="session")
def shipped() -> Path:
    return SHIPPED
