"""Every phrase reads as it prints, whatever its names are, but for the names that `check` refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path

import pytest

import reviewflow.language.phrases
from reviewflow.calendar import Month, NamedDay, Span, Unit
from reviewflow.calendar.named_days import LAST, MEETING, WORKING_DAY
from reviewflow.language.checks.flow.names import OF_ANSWERS, OF_DAYS, OF_PEOPLE
from reviewflow.language.conditions import Is, Many, as_data, parse_condition
from reviewflow.language.model import EACH
from reviewflow.language.phrases import (
    Anchor,
    AsMany,
    DayRule,
    Due,
    OneOf,
    OneOfKind,
    PhraseError,
    Quorum,
    Rhythm,
    parse_quorum,
    parse_rhythm,
    parse_rule,
)

SOURCES = sorted(Path(reviewflow.language.phrases.__file__).parent.glob("*.py"))
WORDS = sorted({word for path in SOURCES for word in re.findall(r"[a-z][a-z0-9_]*", path.read_text("utf-8").lower())})
"""Every word that stands in the modules of the phrases, so those of a phrase to come too: each may be a name."""
WD, READ = Span(7, Unit.WORKING_DAYS), Anchor("read")
BY = time(17)


def _of_one_day(name: str, anchor: Anchor) -> Iterator[Due]:
    for before in (False, True):
        yield Due(WD, before, anchor, BY)
        yield Due(NamedDay(LAST if before else 1, "Wednesday"), before, anchor)
        yield Due(AsMany(Unit.MONTHS, name, "months"), before, anchor)
        yield Due(AsMany(Unit.MONTHS, "read", name), before, anchor, BY)
        yield Due(NamedDay(LAST if before else 1, MEETING, group=name), before, anchor, BY)
    yield Due(Span(48, Unit.WORKING_HOURS), before=False, anchor=anchor)
    yield Due(NamedDay(LAST, WORKING_DAY, Month.SAME), before=False, anchor=anchor, by=BY)
    yield Due(NamedDay(2, "Thursday", Month.ANY), before=False, anchor=anchor)
    yield Due(None, before=False, anchor=anchor, by=BY)


def _rules(name: str) -> Iterator[DayRule]:
    for anchor in (Anchor(name), Anchor("read", name), Anchor(name, "held_on")):
        yield from _of_one_day(name, anchor)
        mine, bare = Due(WD, before=False, anchor=anchor), Due(None, before=False, anchor=anchor)
        others = (Due(Span(1, Unit.DAYS), before=True, anchor=READ), Due(NamedDay(1, MEETING, group=name), False, READ))
        for other in others:
            yield from (OneOf(True, (mine, other)), OneOf(False, (other, bare, mine), BY), OneOf(True, (bare, other)))


def _quorums(name: str) -> Iterator[Quorum]:
    kinds = OneOfKind(1, (name,)), OneOfKind(2, (name, "health")), OneOfKind(2, ("health", name))
    yield from (Quorum(2, 3, among=among) for among in ((name,), (name, "police"), ("police", name, "health")))
    yield from (Quorum(share="half", kinds=(kind,)) for kind in kinds)
    yield from (Quorum(5, among=("police",), kinds=(kind, OneOfKind(1, ("schools",)))) for kind in kinds)


def _told(phrase: object, parse: Callable[[str], object]) -> bool:
    try:
        return parse(str(phrase)) == phrase
    except PhraseError:
        return False


def _condition(test: Is) -> bool:
    try:
        return parse_condition(as_data(test)) == test
    except ValueError:
        return False


def _all_told(name: str) -> Iterator[tuple[str, bool]]:
    """Where a name may stand, and whether every phrase there reads as it prints."""
    yield "a day", all(_told(rule, parse_rule) for rule in _rules(name))
    yield "a day", _told(Rhythm(Span(1, Unit.MONTHS), name), parse_rhythm)
    yield "an answer", all(_condition(Is("read", name, ("yes",), many)) for many in (Many.ONE, Many.ANY, Many.ENOUGH))
    if name not in {"any", "all", "not"}:  # asked for alone, they are told to be followed by conditions
        yield "an answer", _condition(Is("", name, ("yes",)))
    yield "people", all(_told(quorum, parse_quorum) for quorum in _quorums(name))


REFUSED = {"a day": OF_DAYS, "an answer": OF_ANSWERS, "people": OF_PEOPLE}


@pytest.mark.parametrize("letter", sorted({word[0] for word in WORDS}))
def test_a_name_that_is_not_refused_is_told_from_the_words(letter: str) -> None:
    names = [word for word in WORDS if word[0] == letter]
    wrong = {(where, name) for name in names for where, told in _all_told(name) if not told}
    assert {(where, name) for where, name in wrong if name not in REFUSED[where]} == set()


def test_the_words_that_are_refused_could_not_be_told() -> None:
    """But `each`, which phrases read and then take for the line of a list."""
    assert {name for name in OF_DAYS if all(told for where, told in _all_told(name) if where == "a day")} == {EACH}
    assert {name for name in OF_ANSWERS if all(told for where, told in _all_told(name) if where == "a day")} == set()
