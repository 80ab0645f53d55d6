"""Due rules: what may be written, and that they print as they read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases import (
    THE_ENDING,
    Anchor,
    Due,
    OneOf,
    PhraseError,
    counts_hours,
    parse_due,
    parse_rule,
)
from reviewflow.language.phrases import named_days as named_days_of
from tests.language.phrases.strategies import (
    as_many,
    last_weekdays,
    named_days,
    names,
    of_working_days,
    spans,
    weekdays,
)

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


def test_a_unit_is_held_against_the_days_of_the_week_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading an office's definitions took a twelfth longer."""
    asked = list[str]()
    monkeypatch.setattr(named_days_of, "get_close_matches", lambda word, *_, **__: asked.append(word) or [])
    named_days_of._weekday.cache_clear()
    for days in range(1, 20):
        assert parse_due(f"{days} days after notified").span == Span(days, Unit.DAYS)
    named_days_of._weekday.cache_clear()  # what it was told here holds nowhere else
    assert asked == ["Days"]


anchors = st.builds(Anchor, names, st.none() | names) | st.dates().map(lambda day: Anchor("", day=day))
dues = st.builds(Due, spans | of_working_days, st.booleans(), anchors) | st.builds(
    Due, st.none(), st.just(value=False), anchors
)


named = st.builds(Due, named_days | weekdays, st.just(value=False), anchors) | st.builds(
    Due, last_weekdays, st.just(value=True), anchors
)
asked = st.builds(Due, as_many, st.booleans(), anchors)


@given(dues | named | asked)
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


@given(st.builds(OneOf, st.booleans(), st.lists(dues | named | asked, min_size=2, max_size=4, unique=True).map(tuple)))
def test_one_of_several_prints_as_it_reads(rule: OneOf) -> None:
    assert parse_rule(str(rule)) == rule


@given(dues)
def test_one_rule_alone_reads_as_before(due: Due) -> None:
    assert parse_rule(str(due)) == parse_due(str(due))


TIMED = Due(Span(1, WD), before=False, anchor=Anchor("notified"), by=time(17))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1 working day after notified by 17:00", TIMED),
        ("1 working day after notified, by 17:00", TIMED),
        ("on hearing.held_on BY 9:05", Due(None, before=False, anchor=Anchor("hearing", "held_on"), by=time(9, 5))),
        (
            "the later of agreed and 1 working day after notified, by 17:00",
            OneOf(True, (Due(None, before=False, anchor=Anchor("agreed")), replace(TIMED, by=None)), time(17)),
        ),
    ],
)
def test_a_day_by_a_time_of_day(text: str, rule: Due | OneOf) -> None:
    assert parse_rule(text) == rule


@given(
    dues.filter(lambda due: due.span is None or not due.span.unit.by_the_clock)
    | st.builds(OneOf, st.booleans(), st.lists(dues, min_size=2, max_size=4, unique=True).map(tuple)),
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
)
def test_a_day_by_a_time_of_day_prints_as_it_reads(rule: Due | OneOf, by: time) -> None:
    timed = replace(rule, by=by)
    assert parse_rule(str(timed)) == timed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 working day after notified by 5 pm", '"5 pm" is not a time of day. Write it as 09:30.'),
        ("1 working day after notified by noon", '"noon" is not a time of day. Write it as 09:30.'),
        ("1 working day after notified by half past four", '"half past four" is not a time of day. Write it as 09:30.'),
        ("1 working day after notified by four o'clock", "o'clock\" is not a time of day. Write it as 09:30."),
        (
            "the earlier of 1 day after notified by 17:00 and 2 days after aware",
            "the time of day stands once, and last, as in: 1 working day after notified by 17:00",
        ),
        ("24 hours after notified by 17:00", 'hours lead to a time of day already. Take "by 17:00" out.'),
    ],
)
def test_a_time_of_day_that_cannot_be_meant_is_told_what_to_write(text: str, said: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_rule(text)
    assert said in str(refused.value)
    assert refused.value.code == "PD020"


def test_an_or_between_two_days_is_told_what_to_write() -> None:
    with pytest.raises(PhraseError, match='Write "and" between the days, not "or"') as refused:
        parse_rule("the earlier of 6 working days after notified or 3 working days after set_up")
    assert refused.value.code == "PD020"


@pytest.mark.parametrize(
    "text",
    [
        "1 working day after the ending",
        "on the ending",
        "the first Wednesday after the ending",
        "the last working day of the month of the ending",
        "as many months after the ending as plan.months says",
        "the earlier of 5 working days after decide and 1 working day after the ending",
        "1 working day after the ending by 17:00",
    ],
)
def test_a_day_may_count_from_the_ending(text: str) -> None:
    rule = parse_rule(text)
    assert str(rule) == text
    assert THE_ENDING in {anchor.name for part in rule.parts for anchor in part.anchors}
    assert parse_rule(str(rule)) == rule


def test_no_answer_is_given_by_the_ending() -> None:
    with pytest.raises(PhraseError, match="is not a due date"):
        parse_rule("1 working day after the ending.day")


def test_what_is_wrong_about_the_ending_is_said_as_it_was_written() -> None:
    with pytest.raises(PhraseError, match='"1 working day after the ending day" is not a due date'):
        parse_rule("1 working day after the ending day")


@pytest.mark.parametrize(
    ("text", "by_hours"),
    [
        ("4 hours after referral", True),
        ("4 hours of working days before panel.held_at", True),
        ("1 working day after referral", False),
        ("on panel", False),
        ("the first Wednesday after referral", False),
        ("as many working days after plan as plan.days says", False),
        ("the earlier of 5 working days after decide and 2 days after plan", False),
    ],
)
def test_only_hours_lead_to_a_time_of_day(text: str, *, by_hours: bool) -> None:
    assert counts_hours(parse_rule(text)) is by_hours
    assert not counts_hours(None)
