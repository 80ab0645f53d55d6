"""A legal hold: placed for a matter, lifted for that matter alone; and how long a file may be told to be kept."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from tests.case.handlers.builders import done, in_process, opened

HERE = in_process()
CASE = opened(HERE)
INQUEST = c.PlaceLegalHold("inquest", "the coroner asked", "the coroner's officer")


def test_a_file_is_kept_for_a_matter_until_that_matter_is_lifted() -> None:
    kept, placed = done(HERE, CASE, INQUEST)
    assert placed == [e.LegalHoldPlaced("inquest", date(2026, 5, 6), "the coroner asked", "the coroner's officer")]
    both, _ = done(HERE, kept, replace(INQUEST, matter="trial"))
    assert set(both.kept_for) == {"inquest", "trial"}
    lifted, events = done(HERE, both, c.LiftLegalHold("inquest", "the inquest is over"))
    assert [type(event) for event in events] == [e.LegalHoldLifted]
    assert set(lifted.kept_for) == {"trial"}


def test_the_same_matter_is_not_placed_twice() -> None:
    kept, _ = done(HERE, CASE, INQUEST)
    with pytest.raises(Refused, match='under a legal hold for "inquest" already'):
        done(HERE, kept, INQUEST)


def test_what_is_not_held_cannot_be_lifted_and_what_is_held_is_told() -> None:
    with pytest.raises(Refused, match="is under no legal hold"):
        done(HERE, CASE, c.LiftLegalHold("inquest", "over"))
    kept, _ = done(HERE, CASE, INQUEST)
    with pytest.raises(Refused) as refused:
        done(HERE, kept, c.LiftLegalHold("inqest", "over"))
    assert 'Did you mean "inquest"?' in str(refused.value)
    assert "It is kept for: inquest." in str(refused.value)


@pytest.mark.parametrize("matter", ["", "   "])
def test_a_hold_has_a_matter(matter: str) -> None:
    with pytest.raises(Refused, match="What is the hold for"):
        done(HERE, CASE, replace(INQUEST, matter=matter))


@pytest.mark.parametrize("year", [2026, 2126])
def test_a_file_may_be_kept_to_the_end_of_a_year_in_the_next_hundred(year: int) -> None:
    _, events = done(HERE, CASE, c.KeepUntil(year, "asked by the inquiry"))
    assert events == [e.KeptUntil(date(year, 12, 31), "asked by the inquiry")]


@pytest.mark.parametrize("year", [2025, 2127])
def test_a_year_that_is_over_or_too_far_is_a_slip(year: int) -> None:
    with pytest.raises(Refused, match=f"{year} is not a year from 2026 to 2126"):
        done(HERE, CASE, c.KeepUntil(year, "asked by the inquiry"))
