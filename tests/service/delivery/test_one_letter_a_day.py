"""The rule that a mailbox gets one ordinary letter a day."""

import pytest

from reviewflow.service.delivery.one_letter_a_day import one_letter_a_day
from reviewflow.store.records import QueuedNotice

ORDINARY, URGENT = (QueuedNotice(n, f"RR-1/{n}.1", "role:chair", n == 2, None, None) for n in (1, 2))


def test_the_first_letter_of_a_day_takes_all_that_is_due() -> None:
    assert one_letter_a_day([ORDINARY, URGENT], had_one=False, may_go_now=True) == ([ORDINARY, URGENT], ())


@pytest.mark.parametrize(("had_one", "may_go_now"), [(True, True), (False, False), (True, False)])
def test_after_it_and_in_quiet_hours_only_what_is_urgent_goes(had_one: bool, may_go_now: bool) -> None:
    assert one_letter_a_day([ORDINARY, URGENT], had_one=had_one, may_go_now=may_go_now) == ([URGENT], [ORDINARY])


def test_a_second_ordinary_letter_waits_for_the_next_day() -> None:
    going, waiting = one_letter_a_day([ORDINARY], had_one=True, may_go_now=True)
    assert (list(going), list(waiting)) == ([], [ORDINARY])
