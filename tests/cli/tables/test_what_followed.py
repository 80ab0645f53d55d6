"""What follows from a command where that is more than is shown."""

import pytest

from reviewflow.cli.tables.what_followed import MOST, what_followed_page
from reviewflow.service.views.what_followed import WhatFollowed

NOT_NEEDED = tuple(f"Not needed: {number}." for number in range(MOST))


def test_what_is_owed_is_not_left_out_for_what_nobody_owes(capsys: pytest.CaptureFixture[str]) -> None:
    what_followed_page("RR-2026-001", WhatFollowed((), (*NOT_NEEDED, "Now owed: Close."), (), NOT_NEEDED))
    shown = capsys.readouterr().out
    assert "Now owed: Close." in shown
    assert "and 1 more" in shown


def test_as_long_as_all_of_it_is_shown_it_stands_as_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    what_followed_page("RR-2026-001", WhatFollowed((), (*NOT_NEEDED[:2], "Now owed: Close."), (), NOT_NEEDED[:2]))
    shown = capsys.readouterr().out
    assert shown.index("Not needed: 1.") < shown.index("Now owed: Close.")
