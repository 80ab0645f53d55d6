"""How often a step comes again: what may be written, and that it prints as it reads."""

from __future__ import annotations

import pytest

from reviewflow.language.phrases import (
    PhraseError,
    parse_rhythm,
)


def test_a_rhythm_prints_as_it_reads() -> None:
    assert str(parse_rhythm("every  1 month until publish")) == "every 1 month until publish"


@pytest.mark.parametrize(
    "text",
    [
        "every 2 weeks until close, at least 1 time",
        "every 1 month until publish, at least 2 times, at most 3 times",
        "every 1 month until publish, at most 10 times",
    ],
)
def test_how_often_at_least_and_at_most_prints_as_it_reads(text: str) -> None:
    assert str(parse_rhythm(text)) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("every 1 month until publish, twice", "PD020"),
        ("every 1 month until publish, at least 0 times", "PD020"),
        ("every 1 month until publish, at least 2 times, at least 3 times", "PD020"),
        ("every 1 month until publish, at most 1 time", "PD458"),
        ("every 1 month until publish, at least 4 times, at most 3 times", "PD458"),
    ],
)
def test_how_often_is_said_so_that_it_can_be(text: str, code: str) -> None:
    with pytest.raises(PhraseError) as wrong:
        parse_rhythm(text)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("monthly", "every 1 month until publish"),
        ("fortnightly until closed", "every 2 weeks until closed"),
        ("every day until closed", "every 1 day until closed"),
    ],
)
def test_another_way_to_say_how_often_is_corrected(text: str, instead: str) -> None:
    with pytest.raises(PhraseError, match=f": {instead}\\.$"):
        parse_rhythm(text)


@pytest.mark.parametrize("text", ["every 4 hours until publish", "every 0 days until publish"])
def test_a_step_comes_again_after_days(text: str) -> None:
    with pytest.raises(PhraseError, match="a step comes again after days"):
        parse_rhythm(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 months, then every 6 months until close",
        "every 4 weeks 3 times, then every 3 months until close, at least 2 times, at most 9 times",
        "10 working days, then every 2 weeks 2 times, then every 1 month until close",
        "3 months, then 6 months after it was done until close",
        "4 weeks 3 times, then 3 months after it was done until close",
    ],
)
def test_rounds_that_come_in_another_way_at_first_print_as_they_read(text: str) -> None:
    assert str(parse_rhythm(text)) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("every 3 months once, then every 6 months until close", "3 months, then every 6 months until close"),
        ("every 3 months 1 time, then every 6 months until close", "3 months, then every 6 months until close"),
        (
            "3 months after it was done, then 6 months after it was done until close",
            "3 months, then 6 months after it was done until close",
        ),
    ],
)
def test_the_same_rhythm_in_more_words(text: str, same: str) -> None:
    assert parse_rhythm(text) == parse_rhythm(same)
    assert str(parse_rhythm(text)) == same


@pytest.mark.parametrize(
    ("number", "lengths"),
    [(0, "0 months"), (1, "4 weeks"), (3, "12 weeks"), (4, "12 weeks 3 months"), (6, "12 weeks 9 months")],
)
def test_the_lengths_that_lead_to_a_round_are_one_for_each_unit(number: int, lengths: str) -> None:
    rhythm = parse_rhythm("every 4 weeks 3 times, then every 3 months until close")
    assert " ".join(map(str, rhythm.leading_to(number))) == lengths


def test_months_that_lead_to_a_round_are_counted_at_once() -> None:
    """From 31 January to 31 October, and not by way of 30 April to the 30th."""
    assert list(map(str, parse_rhythm("3 months, then every 6 months until close").leading_to(2))) == ["9 months"]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("every 1 month then 3 months until close", "1 month, then every 3 months until close"),
        ("after 3 months and then every 6 months until close", "3 months, then every 6 months until close"),
        ("every 4 weeks 3 times then 3 months until close", "every 4 weeks 3 times, then every 3 months until close"),
    ],
)
def test_another_way_to_say_how_it_comes_at_first_is_corrected(text: str, instead: str) -> None:
    with pytest.raises(PhraseError, match=f": {instead}\\."):
        parse_rhythm(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3 months after it was done, then every 6 months until close", "PD494"),
        ("every 3 months, then 6 months after it was done until close", "PD494"),
        ("every 4 weeks 3 times, then every 3 months until close, at most 4 times", "PD500"),
        ("4 hours, then every 3 months until close", "PD020"),
    ],
)
def test_rounds_that_could_not_come_so_are_refused(text: str, code: str) -> None:
    with pytest.raises(PhraseError) as wrong:
        parse_rhythm(text)
    assert wrong.value.code == code


def test_at_most_as_often_as_the_last_length_comes_once() -> None:
    assert parse_rhythm("every 4 weeks 3 times, then every 3 months until close, at most 5 times").at_most == 5


def test_rounds_that_count_from_when_they_were_done_print_as_they_read() -> None:
    text = "6 weeks after it was done until close, at most 4 times"
    rhythm = parse_rhythm(text)
    assert str(rhythm) == text
    assert rhythm.after_done
    assert not parse_rhythm("every 6 weeks until close").after_done


@pytest.mark.parametrize(
    "text",
    [
        "every 6 weeks after it was done until close",
        "every 6 weeks after done until close",
        "6 weeks after visit until close",
        "6 weeks after visit is done until close",
    ],
)
def test_another_way_to_count_from_when_it_was_done_is_corrected(text: str) -> None:
    with pytest.raises(PhraseError, match=r": 6 weeks after it was done until close\.$"):
        parse_rhythm(text)


@pytest.mark.parametrize("text", ["4 hours after it was done until publish", "0 days after it was done until publish"])
def test_a_round_counts_days_from_when_it_was_done(text: str) -> None:
    with pytest.raises(PhraseError, match="a step comes again after days"):
        parse_rhythm(text)
