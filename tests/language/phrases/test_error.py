"""Any text is a phrase or is refused in words, with a code."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.language.phrases import (
    PhraseError,
    parse_at_least,
    parse_clock,
    parse_day,
    parse_due,
    parse_offset,
    parse_span,
)
from reviewflow.text import clock_words


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


@given(st.text(max_size=40), st.sampled_from([parse_span, parse_due, parse_offset, parse_day, parse_clock]))
def test_any_text_is_a_phrase_or_refused(text: str, parse) -> None:
    try:
        found = parse(text)
    except PhraseError:
        return
    assert parse(clock_words(found) if isinstance(found, time) else str(found)) == found
