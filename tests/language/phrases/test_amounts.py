"""How many, and for how many years: what may be written, and that it prints as it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.language.phrases import (
    AtLeast,
    Keep,
    Percentage,
    PhraseError,
    parse_at_least,
    parse_keep,
    parse_share,
)


@given(st.integers(0, 999).map(AtLeast))
def test_a_least_number_prints_as_it_reads(least: AtLeast) -> None:
    assert parse_at_least(str(least)) == least


@pytest.mark.parametrize(("text", "keep"), [("25 years", Keep(25)), ("1 year", Keep(1)), ("permanently", Keep(None))])
def test_how_long_a_file_is_kept(text: str, keep: Keep) -> None:
    assert parse_keep(text) == keep
    assert str(keep) == text


@pytest.mark.parametrize("text", ["0 years", "100 years", "for ever"])
def test_what_does_not_say_how_long_a_file_is_kept_is_refused(text: str) -> None:
    with pytest.raises(PhraseError, match="Write: 25 years, or: permanently"):
        parse_keep(text)


@given(st.integers(1, 100).map(Percentage))
def test_a_share_prints_as_it_reads(share: Percentage) -> None:
    assert parse_share(str(share)) == share
    assert share.is_reached(share.percent, 100)
    assert not share.is_reached(share.percent - 1, 100)


@pytest.mark.parametrize(("share", "fewest"), [(50, 2), (80, 5), (90, 10), (95, 20), (99, 100), (100, 1)])
def test_with_fewer_than_so_many_a_single_one_decides(share: int, fewest: int) -> None:
    assert Percentage(share).fewest == fewest
    if share < 100:
        assert not Percentage(share).is_reached(fewest - 2, fewest - 1), "one of fewer is too many"
        assert Percentage(share).is_reached(fewest - 1, fewest), "one of so many may fall short"


@pytest.mark.parametrize("text", ["0%", "101%", "four of five"])
def test_what_is_no_part_of_all_is_refused(text: str) -> None:
    with pytest.raises(PhraseError, match="80%"):
        parse_share(text)
