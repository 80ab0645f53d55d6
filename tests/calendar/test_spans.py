"""Lengths of time read as people say them."""

from __future__ import annotations

import pytest

from reviewflow.calendar import Span, Unit


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(1, Unit.WORKING_DAYS), "1 working day"),
        (Span(15, Unit.WORKING_DAYS), "15 working days"),
        (Span(1, Unit.MONTHS), "1 month"),
        (Span(0, Unit.DAYS), "0 days"),
        (Span(72, Unit.HOURS), "72 hours"),
        (Span(1, Unit.WEEKS), "1 week"),
    ],
)
def test_a_span_reads_as_it_is_said(span, words):
    assert str(span) == words
