"""The office of the demo, as the tests of the model see it."""

from tests.service.board.conftest import demo_database, demo_office

__all__ = ["demo_database", "demo_office"]
