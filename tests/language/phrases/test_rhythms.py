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
