"""Phrases: what may be written, what it means, and that it prints as it reads."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import Span, Unit
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test, as_data, parse_condition
from reviewflow.language.phrases import (
    Anchor,
    AtLeast,
    Due,
    Offset,
    PhraseError,
    parse_at_least,
    parse_clock,
    parse_day,
    parse_due,
    parse_offset,
    parse_quorum,
    parse_rhythm,
    parse_span,
)
from reviewflow.text import clock_words

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


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("on the day", Offset(None)),
        ("On the day", Offset(None)),
        ("2 working days before", Offset(Span(2, WD), before=True)),
        ("1 week after", Offset(Span(1, Unit.WEEKS))),
    ],
)
def test_when_a_rung_falls(text: str, offset: Offset) -> None:
    assert parse_offset(text) == offset


@pytest.mark.parametrize("text", ["9:05", "09:05"])
def test_a_time_of_day(text: str) -> None:
    assert parse_clock(text) == time(9, 5)


@pytest.mark.parametrize(
    "parse", [parse_span, parse_due, parse_offset, parse_at_least, parse_clock, parse_day], ids=lambda p: p.__name__
)
@pytest.mark.parametrize(
    "text",
    (
        "| |soon|1|\u0661 days|1\u00b2 days|1e3 days|-1 days|99999 days|24:00|at least|on|after|2026-13-01|0000-00-00"
        "|18/12/2026|at least -1|1 day after a.b.c|after after after|working days after x|" + "1" * 5000
    ).split("|"),
)
def test_what_is_no_phrase_says_so_in_words(parse, text: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse(text)
    assert refused.value.code in {"PD015", "PD020"}


spans = st.builds(Span, st.integers(0, 10_000), st.sampled_from(Unit))
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
anchors = st.builds(Anchor, names, st.none() | names) | st.dates().map(lambda day: Anchor("", day=day))
dues = st.builds(Due, spans, st.booleans(), anchors) | st.builds(Due, st.none(), st.just(value=False), anchors)
offsets = st.just(Offset(None)) | st.builds(
    Offset, spans.filter(lambda span: span.unit is not Unit.HOURS), st.booleans()
)


@given(spans)
def test_a_span_prints_as_it_reads(span: Span) -> None:
    assert parse_span(str(span)) == span


@given(dues)
def test_a_due_rule_prints_as_it_reads(due: Due) -> None:
    assert parse_due(str(due)) == due


@given(offsets)
def test_a_rung_prints_as_it_reads(offset: Offset) -> None:
    assert parse_offset(str(offset)) == offset


@given(st.integers(0, 999).map(AtLeast))
def test_a_least_number_prints_as_it_reads(least: AtLeast) -> None:
    assert parse_at_least(str(least)) == least


@given(st.text(max_size=40), st.sampled_from([parse_span, parse_due, parse_offset, parse_day, parse_clock]))
def test_any_text_is_a_phrase_or_refused(text: str, parse) -> None:
    try:
        found = parse(text)
    except PhraseError:
        return
    assert parse(clock_words(found) if isinstance(found, time) else str(found)) == found


@pytest.mark.parametrize(
    ("parse", "text"), [(parse_quorum, "all"), (parse_quorum, "2 of 3"), (parse_rhythm, "every 1 month until publish")]
)
def test_how_many_and_how_often_print_as_they_read(parse, text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(
    ("parse", "text"),
    [(parse_quorum, "most"), (parse_quorum, "3 of 2"), (parse_quorum, "0 of 2"), (parse_rhythm, "monthly")],
)
def test_what_does_not_say_how_many_or_how_often_is_refused(parse, text: str) -> None:
    with pytest.raises(PhraseError, match="Write"):
        parse(text)


words = st.text(min_size=1, max_size=6)
leaves = st.builds(
    Is,
    st.just("") | names,
    names.filter(lambda n: n not in {"any", "all", "not"}),
    st.lists(words, min_size=1, max_size=3).map(tuple),
    st.sampled_from(Many),
)
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)


@given(conditions)
def test_a_condition_is_written_as_it_reads(test: Test) -> None:
    written = as_data(test)
    assert as_data(parse_condition(written)) == written
    assert parse_condition(written) == test
