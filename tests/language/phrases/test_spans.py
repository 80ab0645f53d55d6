"""Lengths of time: what may be written, and that they print as they read."""

from __future__ import annotations

import pytest
from hypothesis import given

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases import PhraseError, parse_span
from tests.language.phrases.strategies import spans

WD = Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("15 working days", Span(15, WD)),
        ("1 working day", Span(1, WD)),
        ("  2   Working   Days ", Span(2, WD)),
        ("1 days", Span(1, Unit.DAYS)),
        ("6 months", Span(6, Unit.MONTHS)),
        ("3 weeks", Span(3, Unit.WEEKS)),
        ("24 hours", Span(24, Unit.HOURS)),
        ("0 days", Span(0, Unit.DAYS)),
        ("7 clear working days", Span(7, WD, clear=True)),
    ],
)
def test_a_length_of_time(text: str, span: Span) -> None:
    assert parse_span(text) == span


@given(spans)
def test_a_span_prints_as_it_reads(span: Span) -> None:
    assert parse_span(str(span)) == span


def test_years_are_written_as_months() -> None:
    with pytest.raises(PhraseError, match=r'"years" is not a unit of time\. Write: 24 months\.'):
        parse_span("2 years")
