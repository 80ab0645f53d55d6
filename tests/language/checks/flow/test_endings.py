"""A way out leads out by some answers and not by all; what the case becomes opens with days that are known by then."""

import pytest

from tests.language.definitions import PLACE, problems

PROCESS = """\
language: 1
process: toy
version: 1
title: Toy review
guidance: working_together
reference: TOY-{{year}}-{{number}}
opening:
  dates: {{notified: When it was notified}}
  agencies: at least 1
endings:
  out:
    title: Out
    when: {when}
{start}
steps:
  decide: {{title: Decide, owner: chair, form: {{met: {{type: yes_no, label: Met}}}}}}
  ask: {{title: Ask, owner: chair, form: {{more: {{type: yes_no, label: More}}}}}}
  report: {{title: Report, after: [decide, ask], owner: chair}}
"""
START = "    start: {{process: learning, dates: {{decision: {day}}}, agencies: same}}"
WHATEVER = "Whatever is answered to"
NOT_DONE = "may not be done yet when the case ends like this"


def complaints(when: str, day: str = "") -> str:
    return complaints_of(PROCESS.format(when=when, start=START.format(day=day) if day else ""))


def complaints_of(text: str) -> str:
    return "\n".join(str(problem) for problem in problems({PLACE: text.encode()}) if problem.code == "PD084")


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("{decide.met: no}", ""),
        ("{all: [{decide.met: no}, {ask.more: no}]}", ""),
        ("{all: [{not: {decide.met: yes}}, {ask.more: no}]}", ""),
        ("{any: [{decide.met: no}, {ask.more: no}]}", ""),
        ("{any: [{not: {decide.met: yes}}, {ask.more: no}]}", ""),
        ("{all: [{not: {decide.met: yes}}, {not: {ask.more: yes}}]}", ""),
        ("{not: {all: [{decide.met: yes}, {ask.more: yes}]}}", ""),
        ("{any: [{decide.met: yes}, {decide.met: no}]}", WHATEVER),
        ("{any: [{ask.more: [yes, no]}, {decide.met: yes}]}", WHATEVER),
    ],
)
def test_it_leads_out_by_some_answers_only(when: str, says: str) -> None:
    text = complaints(when)
    assert says in text
    assert bool(text) == bool(says)


@pytest.mark.parametrize(
    ("asked", "step", "says"),
    [
        ("{type: confirm, label: More}", "", "A box that must be ticked has one answer"),
        ("{type: confirm, label: More, required: no}", "", ""),
        ("{type: confirm, label: More}", "optional: yes, ", ""),
        ("{type: confirm, label: More}", "after: decide, when: {decide.met: no}, ", ""),
        ("{type: yes_no, label: More}", "", ""),
    ],
)
def test_a_box_that_is_ticked_ends_the_case_where_not_every_case_comes_to_it(asked: str, step: str, says: str) -> None:
    text = PROCESS.format(when="{ask.more: yes}", start="").replace("ask: {title: Ask, ", "ask: {title: Ask, " + step)
    found = complaints_of(text.replace("{type: yes_no, label: More}", asked))
    assert says in found
    assert bool(found) == bool(says)


@pytest.mark.parametrize(
    ("when", "day", "known"),
    [
        ("{decide.met: no}", "decide", True),
        ("{decide.met: no}", "ask", False),
        ("{all: [{decide.met: no}, {ask.more: no}]}", "ask", True),
        ("{any: [{decide.met: no}, {ask.more: no}]}", "ask", False),
        ("{any: [{all: [{decide.met: no}, {ask.more: no}]}, {ask.more: yes}]}", "ask", True),
        ("{all: [{decide.met: no}, {not: {ask.more: yes}}]}", "ask", False),
        ("{decide.met: no}", "out", True),
        ("{decide.met: no}", "notified", True),
    ],
)
def test_the_case_that_it_becomes_opens_with_a_day_that_is_surely_known(when: str, day: str, *, known: bool) -> None:
    assert (NOT_DONE in complaints(when, day)) is not known
