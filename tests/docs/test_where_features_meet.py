"""Each pair of features has its line in the developers' page, and a timeline in which the two really meet."""

import re
from functools import cache
from typing import NamedTuple

import pytest

from tests.case.meetings import DAYS, FEATURES, OF_DAYS, OF_WORDS, PAIRS, WORDS, Pair, meetings
from tests.case.stage import FOLDER
from tests.case.timeline import load_timeline, play
from tests.docs.names import ROOT

PAGE = (ROOT / "docs" / "develop" / "where-features-meet.md").read_text("utf-8")
CANNOT = "cannot happen"


class Line(NamedTuple):
    pair: Pair
    meaning: str
    held_by: str


def _lines() -> list[Line]:
    lines = []
    for section in PAGE.split("\n## ")[1:]:
        feature = section.partition("\n")[0].lower()
        for other, meaning, held_by in re.findall(r"^\| ([a-z ]+) \| (.+) \| (.+) \|$", section, re.MULTILINE):
            if other != "and":
                lines.append(Line(frozenset((feature, other)), meaning, held_by))
    return lines


LINES = _lines()


@cache
def _met_in(timeline: str) -> frozenset[Pair]:
    loaded = load_timeline(FOLDER / timeline)
    player = play(loaded, loaded.definitions)
    return frozenset(meetings(zip(player.plans, player.history, strict=True)))


def test_every_pair_stands_once() -> None:
    assert sorted(sorted(line.pair) for line in LINES) == sorted(map(sorted, (*PAIRS, *OF_DAYS, *OF_WORDS)))


@pytest.mark.parametrize(
    "line", LINES, ids=lambda line: " and ".join(sorted(line.pair, key=(*DAYS, *WORDS, *FEATURES).index))
)
def test_a_timeline_holds_what_happens(line: Line) -> None:
    if line.held_by == CANNOT:
        (code,) = re.findall(r"\(PD\d{3}\)", line.meaning)
        assert f"## {code.strip('()')}" in (ROOT / "docs" / "problems.md").read_text("utf-8")
        return
    name = line.held_by.strip("`").rpartition("/")[2]
    assert line.pair in _met_in(name), f"{name}: {sorted(line.pair)} do not meet in it"


def test_what_cannot_happen_does_not() -> None:
    never = {line.pair for line in LINES if line.held_by == CANNOT}
    named = {line.held_by.strip("`").rpartition("/")[2] for line in LINES if line.held_by != CANNOT}
    assert never.isdisjoint(set[Pair]().union(*map(_met_in, named)))
