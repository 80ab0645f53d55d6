"""How much of what could identify a child is seen, and how much that could not is refused all the same."""

import pytest

from tests.privacy.corpus import MUST_BE_SEEN, Sample, identifying, innocent, score

TUNED, HELD_OUT = "tuned on", "held out"


def part(samples: list[Sample], which: str) -> list[Sample]:
    return [sample for sample in samples if sample.held_out == (which == HELD_OUT)]


def test_there_are_enough_of_each() -> None:
    texts = [sample.text for sample in identifying() + innocent()]
    assert len(identifying()) >= 300
    assert len(innocent()) >= 500
    assert len(texts) == len(set(texts))
    assert len(part(identifying(), HELD_OUT)) >= 100


@pytest.mark.parametrize("which", [TUNED, HELD_OUT])
def test_numbers_days_of_birth_and_postcodes_are_seen(which: str) -> None:
    found = score(sample for sample in part(identifying(), which) if sample.kind in MUST_BE_SEEN)
    assert found.share >= 0.95, found.wrong


@pytest.mark.parametrize("which", [TUNED, HELD_OUT])
def test_innocent_sentences_are_let_through(which: str) -> None:
    found = score(part(innocent(), which))
    assert found.share <= 0.02, found.wrong
