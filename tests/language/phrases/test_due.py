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
    OneOf,
    PhraseError,
    parse_due,
    parse_rule,
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


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "the earlier of 20 working days after received and 5 days after charge.charged_on",
            OneOf(
                False,
                (
                    Due(Span(20, WD), before=False, anchor=Anchor("received")),
                    Due(Span(5, Unit.DAYS), before=False, anchor=Anchor("charge", "charged_on")),
                ),
            ),
        ),
        (
            "The later of  panel.held_on, on 2026-12-18, and 2 weeks before publication",
            OneOf(
                True,
                (
                    Due(None, before=False, anchor=Anchor("panel", "held_on")),
                    Due(None, before=False, anchor=Anchor("", day=date(2026, 12, 18))),
                    Due(Span(2, Unit.WEEKS), before=True, anchor=Anchor("publication")),
                ),
            ),
        ),
    ],
)
def test_one_of_several(text: str, rule: OneOf) -> None:
    assert parse_rule(text) == rule


@given(st.builds(OneOf, st.booleans(), st.lists(dues, min_size=2, max_size=4, unique=True).map(tuple)))
def test_one_of_several_prints_as_it_reads(rule: OneOf) -> None:
    assert parse_rule(str(rule)) == rule


@given(dues)
def test_one_rule_alone_reads_as_before(due: Due) -> None:
    assert parse_rule(str(due)) == parse_due(str(due))


def test_an_or_between_two_days_is_told_what_to_write() -> None:
    with pytest.raises(PhraseError, match='Write "and" between the days, not "or"') as refused:
        parse_rule("the earlier of 6 working days after notified or 3 working days after set_up")
    assert refused.value.code == "PD020"
