"""A history begins with the opening of its case."""

from datetime import date

import pytest

from reviewflow.case.apply import fold
from reviewflow.case.model import events as e

DAY = date(2026, 5, 5)


def test_a_history_begins_with_its_opening() -> None:
    with pytest.raises(TypeError, match="does not begin with its opening but with CaseClosed"):
        fold("RR-2026-001", [e.CaseClosed(DAY)])
