"""Anybody can see when the last sweep was."""

from reviewflow.service.sweep.last_sweep import last_sweep_words, record_sweep
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at


def test_anybody_can_see_when_the_last_sweep_was(office: Workspace) -> None:
    assert last_sweep_words(office).startswith("No sweep has run yet: nobody is being chased.")
    record_sweep(office, (at(12), at(12, 11)), chased=3, sent=4, failed=1, note="")
    assert last_sweep_words(office) == "Last sweep: Tue 12 May 2026 12:00, 3 chased, 4 messages handed over, 1 not."
