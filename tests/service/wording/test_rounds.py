"""What became of a step that came again: how often it was done, and which round was not."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.rules.standing import comes_no_more
from reviewflow.service.wording.rounds import rounds_words

DAY = date(2026, 5, 5)
CASE = Case("RR-2026-001", "review", 1, "", CaseStatus.OPEN, DAY, {}, ())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            Item(Status.NO_MORE, stopped=DAY, done=date(2026, 5, 4), times=3),
            "since Tue 5 May 2026: done 3 times, last on",
        ),
        (Item(Status.NOT_NEEDED, stopped=DAY, times=1), "since Tue 5 May 2026: done once; the next round was not"),
        (
            Item(Status.NOT_NEEDED, times=2, due=DAY),
            ": done 2 times; the round of Tue 5 May 2026 was not needed any more",
        ),
    ],
    ids=["done", "sent back", "of an older history"],
)
def test_what_came_again_is_not_needed_any_more(state: Item, words: str) -> None:
    assert comes_no_more(CASE, state)
    assert rounds_words(CASE, state).startswith(f"not needed any more{' ' if words[0] == 's' else ''}{words}")


def test_of_a_case_that_ended_the_rounds_that_were_done_are_told() -> None:
    ended = replace(CASE, status=CaseStatus.ENDED, ended=DAY)
    state = Item(Status.OPEN, done=date(2026, 5, 4), times=1, due=date(2026, 6, 4))
    assert not comes_no_more(CASE, state)
    assert comes_no_more(ended, state)
    assert rounds_words(ended, state) == (
        "not needed any more since Tue 5 May 2026: done on Mon 4 May 2026; "
        "the round of Thu 4 Jun 2026 was not needed any more"
    )


def test_what_was_never_done_was_not_needed() -> None:
    assert not comes_no_more(CASE, Item(Status.NOT_NEEDED, times=0))
    assert not comes_no_more(replace(CASE, status=CaseStatus.WITHDRAWN), Item(Status.OPEN))
