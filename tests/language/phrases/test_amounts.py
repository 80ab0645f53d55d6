"""How many, and for how many years: what may be written, and that it prints as it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.language.phrases import (
    AtLeast,
    Keep,
    OneOfKind,
    Percentage,
    PhraseError,
    parse_at_least,
    parse_keep,
    parse_share,
)


@given(st.integers(0, 999).map(AtLeast))
def test_a_least_number_prints_as_it_reads(least: AtLeast) -> None:
    assert parse_at_least(str(least)) == least


NAMES = st.sampled_from(["police", "health", "school_a"])
KINDS = st.builds(OneOfKind, st.integers(1, 9), st.lists(NAMES, min_size=1, max_size=3).map(tuple))


@given(st.builds(AtLeast, st.integers(0, 999), st.lists(NAMES).map(tuple), st.lists(KINDS).map(tuple)))
def test_whoever_must_be_among_them_prints_as_it_reads(least: AtLeast) -> None:
    assert parse_at_least(str(least)) == least


@pytest.mark.parametrize(
    "text", ["at least 2, police", "at least 2, among them", "at least 2, The Police among them", "at least 2,"]
)
def test_what_does_not_say_who_must_be_among_them_is_refused(text: str) -> None:
    with pytest.raises(PhraseError, match="does not say which must be among them"):
        parse_at_least(text)


def test_who_is_missing_among_those_given_and_who_would_do() -> None:
    least = parse_at_least("at least 2, police and two of health or police or school_a among them")
    assert [*least.absent(["police", "council"])] == ["two of health or police or school_a"]
    assert [*least.absent(["health"])] == ["police", "two of health or police or school_a"]
    assert least.smallest() == ("police", "health")
    assert not [*least.absent(least.smallest())]


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
