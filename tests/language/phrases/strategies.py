"""What phrases are made of, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from reviewflow.calendar import Month, NamedDay, Span, Unit
from reviewflow.calendar.named_days import DAY, LAST, WEEKDAYS, WORKING_DAY
from reviewflow.language.phrases import AsMany

spans = st.builds(
    Span, st.integers(0, 10_000), st.sampled_from([unit for unit in Unit if unit is not Unit.WORKING_HOURS])
)
of_working_days = st.builds(Span, st.integers(0, 10_000), st.just(Unit.WORKING_HOURS))
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in {"and", "or"})
"""Nobody calls a step so: in "the earlier of 2 days after or and 5 days after b" it could not be told from the word."""
_NUMBERS = st.sampled_from([1, 2, 3, 4, LAST])
named_days = st.builds(NamedDay, _NUMBERS, st.sampled_from([*WEEKDAYS, WORKING_DAY, DAY]), st.sampled_from(Month))
weekdays = st.builds(NamedDay, st.integers(1, 5), st.sampled_from(WEEKDAYS))
last_weekdays = st.builds(NamedDay, st.just(LAST), st.sampled_from(WEEKDAYS))
as_many = st.builds(AsMany, st.sampled_from([unit for unit in Unit if not unit.by_the_clock]), names, names)
