"""What must be finished by when, so that a clock that is unlikely to be met is met after all."""

from datetime import date
from types import SimpleNamespace

import pytest

from reviewflow.service.wording.forecast_words import MOST_NAMED, foreseen_words, needed_words, or_later_words

MON, TUE = date(2026, 3, 2), date(2026, 3, 3)


def said(*needed: tuple[str, date]) -> str:
    steps = [SimpleNamespace(item=item, by=by) for item, by in needed]
    return needed_words(SimpleNamespace(needed=steps), str.upper)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("needed", "words"),
    [
        ([("a and b", MON)], "with: A AND B by Mon 2 Mar 2026"),
        ([("a", MON), ("b, or c", TUE)], "with: A by Mon 2 Mar 2026; B, OR C by Tue 3 Mar 2026"),
        ([("a", MON)] * (MOST_NAMED + 1), f"if all of {MOST_NAMED + 1} steps are finished by Mon 2 Mar 2026"),
    ],
)
def test_each_step_ends_where_the_next_begins(needed: list[tuple[str, date]], words: str) -> None:
    assert said(*needed) == words


def test_of_many_the_first_and_the_last_are_named() -> None:
    words = said(*[(name, MON) for name in "abcdefg"], ("z", TUE))
    assert words.endswith(f"; Z by Tue 3 Mar 2026; and {8 - MOST_NAMED} more steps between them")


@pytest.mark.parametrize(("expected", "words"), [(MON, "Mon 2 Mar 2026 is foreseen"), (TUE, "that day is foreseen")])
def test_the_day_on_which_it_ends_is_said_once(expected: date, words: str) -> None:
    assert foreseen_words(expected, TUE) == words


def test_of_a_clock_that_will_stand_still_both_ends_are_said() -> None:
    assert or_later_words(None) == ""
    assert or_later_words(TUE) == ", or Tue 3 Mar 2026 once its clock has stood still as is foreseen"
