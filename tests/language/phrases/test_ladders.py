"""When a rung falls and comes again: what may be written, and that it prints as it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import NamedDay, Span, Unit
from reviewflow.calendar.named_days import LAST
from reviewflow.language.phrases import (
    Again,
    Offset,
    PhraseError,
    parse_again,
    parse_offset,
)
from tests.language.phrases.strategies import spans

WD = Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("on the day", Offset(None)),
        ("On the day", Offset(None)),
        ("2 working days before", Offset(Span(2, WD), before=True)),
        ("1 week after", Offset(Span(1, Unit.WEEKS))),
        ("48 hours of working days after", Offset(Span(48, Unit.WORKING_HOURS))),
        ("the last Friday before", Offset(NamedDay(LAST, "Friday"), before=True)),
        ("the second Monday after", Offset(NamedDay(2, "Monday"))),
    ],
)
def test_when_a_rung_falls(text: str, offset: Offset) -> None:
    assert parse_offset(text) == offset


offsets = st.just(Offset(None)) | st.builds(
    Offset, spans.filter(lambda span: span.unit is not Unit.HOURS), st.booleans()
)


@given(offsets)
def test_a_rung_prints_as_it_reads(offset: Offset) -> None:
    assert parse_offset(str(offset)) == offset


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("every 2 working days, 5 times", Again(Span(2, WD), 5)),
        ("every 1 week, 1 time", Again(Span(1, Unit.WEEKS), 1)),
        ("every 4 hours", Again(Span(4, Unit.HOURS))),
        ("every 24 hours of working days, 3 times", Again(Span(24, Unit.WORKING_HOURS), 3)),
    ],
)
def test_how_often_a_rung_comes_again(text: str, again: Again) -> None:
    assert parse_again(text) == again
    assert str(again) == text


@pytest.mark.parametrize("text", ["2 working days", "every 2 working days, 0 times", "every 2 working days, 61 times"])
def test_how_often_a_rung_comes_again_is_said_with_a_number_that_is_small_enough(text: str) -> None:
    with pytest.raises(PhraseError, match=r"how many times \(1 to 60\)"):
        parse_again(text)


def test_a_rung_cannot_come_again_at_once() -> None:
    with pytest.raises(PhraseError, match="it would come again at once"):
        parse_again("every 0 days")
