"""A sweep that finds another at work says so; one that was killed does not stop the next for ever."""

from datetime import timedelta

from reviewflow.service.sweep.one_at_a_time import LONGEST, one_at_a_time
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at


def test_the_second_says_since_when_and_the_next_begins(office: Workspace) -> None:
    with one_at_a_time(office, clock=lambda: at(5)) as first:
        with one_at_a_time(office, clock=lambda: at(5)) as second:
            pass
        with one_at_a_time(office, clock=lambda: at(5)) as third:
            pass
    with one_at_a_time(office, clock=lambda: at(5)) as later:
        pass
    assert (first, later) == ("", "")
    assert (
        second
        == third
        == (
            "Another sweep has been at work since Tue 5 May 2026 11:00 and does what is due, so this one ends. "
            "If that one was killed, the next can begin Tue 5 May 2026 11:20."
        )
    )


def test_one_that_was_killed_is_not_waited_for_longer_than_said(office: Workspace) -> None:
    office.store.take_lease("sweep", "killed", "2026-05-05T10:00:00+00:00", "2026-05-05T10:20:00+00:00")
    with one_at_a_time(office, clock=lambda: at(5) + LONGEST - timedelta(seconds=1)) as early:
        pass
    with one_at_a_time(office, clock=lambda: at(5) + LONGEST) as late:
        pass
    assert (bool(early), bool(late)) == (True, False)
