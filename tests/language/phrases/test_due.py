"""Due rules: what may be written, and that they print as they read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases import (
    Anchor,
    Due,
    parse_due,
)
from tests.language.phrases.strategies import names, spans

WD = Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("7 working days after notified", Due(Span(7, WD), before=False, anchor=Anchor("notified"))),
        ("2 weeks before publication", Due(Span(2, Unit.WEEKS), before=True, anchor=Anchor("publication"))),
        ("on panel.held_on", Due(None, before=False, anchor=Anchor("panel", "held_on"))),
        ("On  submission", Due(None, before=False, anchor=Anchor("submission"))),
        ("on 2026-12-18", Due(None, before=False, anchor=Anchor("", day=date(2026, 12, 18)))),
        ("1 month after 2026-1-31", Due(Span(1, Unit.MONTHS), before=False, anchor=Anchor("", day=date(2026, 1, 31)))),
    ],
)
def test_a_due_rule(text: str, due: Due) -> None:
    assert parse_due(text) == due


anchors = st.builds(Anchor, names, st.none() | names) | st.dates().map(lambda day: Anchor("", day=day))
dues = st.builds(Due, spans, st.booleans(), anchors) | st.builds(Due, st.none(), st.just(value=False), anchors)


@given(dues)
def test_a_due_rule_prints_as_it_reads(due: Due) -> None:
    assert parse_due(str(due)) == due
