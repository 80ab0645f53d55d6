"""How many, and for how many years: what may be written, and that it prints as it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.language.phrases import (
    AtLeast,
    Keep,
    PhraseError,
    parse_at_least,
    parse_keep,
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
