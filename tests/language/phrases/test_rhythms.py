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
