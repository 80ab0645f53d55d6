"""Conditions are written as they read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.language.conditions import (
    BETWEEN,
    AllOf,
    AnyOf,
    Is,
    Many,
    Not,
    Test,
    as_data,
    holds_for,
    parse_condition,
)
from reviewflow.language.phrases.comparisons import BEFORE_THE_OTHER, Apart

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


words = st.text(min_size=1, max_size=6)
compared = st.sampled_from(["at least 3", "at most 2.5", "after 2026-04-01", "on or before notified", "less than -1"])
plain_leaves = st.builds(
    Is,
    st.just("") | names,
    names.filter(lambda n: n not in {"any", "all", "not"}),
    st.lists(words | compared, min_size=1, max_size=3).map(tuple),
    st.sampled_from([many for many in Many if many not in {Many.AT_LEAST, Many.APART, *BETWEEN}]),
)
against = st.builds(Is, names, names, st.just(("yes", "no")), st.sampled_from([*BETWEEN]))
counted = st.builds(Is, names, names, st.just(("yes",)), st.just(Many.AT_LEAST), st.integers(1, 999))
summed = st.builds(Is, names, names, st.just(("more than 5",)), st.just(Many.SUM), st.just(0), names)
apart = st.builds(
    lambda how, one, other, value: parse_condition({f"{how} a.{one} {BEFORE_THE_OTHER[how]} b.{other}": value}),
    *(st.sampled_from(list(Apart)), names, names, st.just("more than 5")),
)
leaves = plain_leaves | counted | against | summed | apart
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


@pytest.mark.parametrize(
    ("value", "chosen", "holds"),
    [
        ("less than 20", {"19"}, True),
        ("less than 20", {"50"}, False),
        ("at most 1", {"50"}, False),
        ("at least 2", {"50"}, True),
        ("before 2026-04-01", {"2026-05-05"}, False),
        ("at least 2", {"school", "health"}, True),
        ("at most 1", {"school"}, True),
        ("at least 2", {"school"}, False),
        ("at most 1", set(), False),
    ],
    ids=lambda part: "_".join(sorted(part)) if isinstance(part, set) else str(part),
)
def test_a_number_compares_by_itself_and_what_was_chosen_is_counted(value: str, chosen: set[str], holds: bool) -> None:
    assert holds_for(Is("", "asked", (value,)), {"asked": frozenset(chosen)}) is holds
