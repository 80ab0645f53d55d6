"""A day that is worked out once, and only where somebody asks for it."""

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from weakref import ref

from reviewflow.case.rules.forecast.slowly import AT_HAND, OnceAsked

DAY = date(2026, 6, 1)


class Courses:
    """What takes long to play through, and much memory to keep."""


def test_it_is_worked_out_once_and_of_what_is_at_hand() -> None:
    courses, found = Courses(), list[Courses]()
    asked = OnceAsked(courses, Courses, lambda each: found.append(each) or DAY)  # type: ignore[func-returns-value]
    assert not found
    assert [asked(), asked()] == [DAY, DAY]
    assert found == [courses]


def test_of_very_many_nothing_is_kept_and_each_is_played_through_anew() -> None:
    played = Courses()
    gone, found = ref(played), list[Courses]()
    asked = OnceAsked(played, Courses, lambda each: found.append(each) or DAY)  # type: ignore[func-returns-value]
    del played
    for _ in range(AT_HAND):
        OnceAsked(Courses(), Courses, lambda _: DAY)
    gc.collect()
    assert gone() is None
    assert asked() == DAY
    assert len(found) == 1


def test_many_who_look_at_once_are_told_the_same() -> None:
    """Each keeps what it played through at hand while others do, and none stumbles over what another puts there."""

    def told(_: int) -> date:
        return OnceAsked(Courses(), Courses, lambda _: DAY)()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(told, range(2_000))) == {DAY}
