"""What phrases are made of, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from reviewflow.calendar import Span, Unit

spans = st.builds(Span, st.integers(0, 10_000), st.sampled_from(Unit))
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
