"""Whether the days of a chain of steps fit into a limit whatever holidays lie between: told before anything runs."""

from pathlib import Path

from reviewflow.language.checks.flow.calendar_room import check_room
from reviewflow.service.workspace.days.calendars import load_calendars
from tests.language.definitions import PLACE, library

CALENDARS = load_calendars(Path(__file__).parents[4] / "definitions" / "calendars.yaml", {})
CHAIN = """language: 1
process: toy
version: 1
title: Toy
guidance: working_together
calendar: england
reference: T-{year}-{number}
opening:
  dates: {notified: When was it notified?}
limits:
  submission: {national: rapid_review, from: notified, met_by: send, ladder: tasks}
steps:
  read: {title: Read, owner: chair, due: 7 working days after notified}
  write: {title: Write, owner: chair, after: read, due: 8 working days after read}
  send: {title: Send, owner: chair, after: write, due: on submission}
"""


def told(text: str) -> list[str]:
    return [str(each) for each in check_room(library({PLACE: text.encode()}), CALENDARS, [2026])]


def test_a_chain_that_fits_is_fine_whenever_it_begins() -> None:
    assert told(CHAIN) == []


def test_a_chain_that_is_a_day_too_long_is_told_with_the_worst_day_to_begin_on() -> None:
    [said] = told(CHAIN.replace("8 working", "9 working"))
    assert "processes/toy.yaml:11:3  warning PD047" in said
    assert 'When everything begins on Thursday 3 December 2026, "send" can be reached on Tuesday 29' in said
    assert "read (7 working days after notified), write (9 working days after read), send (on submission)" in said


def test_of_the_earlier_of_two_days_the_one_that_can_be_known_counts() -> None:
    """A date without a plan is known to nobody: the other day still says how soon the work can be done."""
    question = "form: {on: {type: date, label: When?, sets: hearing}}"
    asked = CHAIN.replace("due: 7 working days after notified", f"due: 7 working days after notified, {question}")
    text = asked.replace("limits:", "dates: {hearing: {title: The hearing}}\nlimits:")
    earlier = text.replace(
        "due: 8 working days", "due: the earlier of 5 working days before hearing and {} working days"
    )
    assert told(earlier.replace("{}", "8")) == []
    [said] = told(earlier.replace("{}", "9"))
    assert '"send" can be reached on Tuesday 29' in said


def test_plain_days_fit_until_there_are_holidays_between() -> None:
    """Three weeks are fifteen working days, but not at Christmas and not at Easter."""
    assert told(CHAIN.replace("7 working days after notified", "1 week after notified")) == []
    [said] = told(CHAIN.replace("8 working days after read", "12 days after read"))
    assert "warning PD047" in said


def test_the_office_s_own_closures_take_room_that_a_national_limit_does_not_give_back() -> None:
    from datetime import date

    closed = {date(2026, 12, day): "closed" for day in (29, 30, 31)}
    office = load_calendars(Path(__file__).parents[4] / "definitions" / "calendars.yaml", closed)
    text = CHAIN.replace("calendar: england\n", "")
    assert list(check_room(library({PLACE: text.encode()}), CALENDARS, [2026])) == []
    assert [each.code for each in check_room(library({PLACE: text.encode()}), office, [2026])] == ["PD047"]


def test_hours_are_counted_in_full_days_and_days_that_no_calendar_reaches_are_let_be() -> None:
    hours = CHAIN.replace("{notified: When was it notified?}", "{notified: When was it notified?}\n  times: [notified]")
    assert told(hours.replace("7 working days after notified", "24 hours after notified")) == []
    [said] = told(hours.replace("7 working days after notified", "900 hours after notified"))
    assert "warning PD047" in said
    assert told(CHAIN.replace("7 working days after notified", "4000 weeks after notified")) == []


def test_the_room_of_a_thousand_steps_is_counted() -> None:
    steps = (
        f"  s{each}: {{title: T, owner: chair, after: s{each - 1}, due: 1 day after s{each - 1}}}"
        for each in range(1, 1000)
    )
    start = CHAIN.partition("  read:")[0].replace("met_by: send", "met_by: s999")
    [said] = told(start + "\n".join(["  s0: {title: T, owner: chair, due: 1 day after notified}", *steps]))
    assert "warning PD047" in said


CHOSEN = CHAIN.replace(
    "due: 7 working days after notified}", "due: 2 working days after notified, form: {FORM}}"
).replace(
    "  write: {title: Write, owner: chair, after: read, due: 8 working days after read}\n",
    "  write: {title: Write, owner: chair, after: read, when: {WHEN}, due: 8 working days after read}\n"
    "  look: {title: Look, owner: chair, after: [read, write], when: {ALSO}, due: 7 working days after write}\n",
)
CHOSEN = CHOSEN.replace("after: write, due: on", "after: [write, look], due: on")
HOW = "{how: {type: choice, label: How?, options: {long: Long, short: Short}}, more: {type: yes_no, label: More?}}"


def chosen(write: str, look: str) -> list[str]:
    return told(CHOSEN.replace("{FORM}", HOW).replace("{WHEN}", write).replace("{ALSO}", look))


def test_steps_that_follow_different_answers_are_not_counted_together() -> None:
    assert chosen("{read.how: long}", "{read.how: short}") == []
    assert chosen("{read.how: long}", "{not: {read.how: long}}") == []


def test_numbers_and_days_that_exclude_each_other_are_not_counted_together() -> None:
    form = "{weeks: {type: number, label: Weeks?}, on: {type: date, label: When?}}"
    text = CHOSEN.replace("{FORM}", form)

    def asked(write: str, look: str) -> list[str]:
        return told(text.replace("{WHEN}", write).replace("{ALSO}", look))

    assert asked("{read.weeks: at least 6}", "{read.weeks: less than 6}") == []
    assert asked("{read.on: before 2026-05-01}", "{read.on: after 2026-05-01}") == []
    assert len(asked("{read.weeks: more than 5}", "{read.weeks: less than 6}")) == 1, "five and a half"
    assert len(asked("{read.on: before 2026-05-03}", "{read.on: after 2026-05-01}")) == 1


def test_steps_that_follow_the_same_answers_or_answers_that_go_together_are_counted_together() -> None:
    for look in ("{read.how: long}", "{read.more: yes}", "{not: {read.how: short}}"):
        [said] = chosen("{read.how: long}", look)
        assert "read (2 working days after notified), write (8 working days after read), look (7 working" in said


def test_a_question_that_is_asked_only_after_another_answer_brings_that_answer_with_it() -> None:
    """`look` hangs on an answer of `ask`, which is put only to those who do not write."""
    ask = (
        "  ask: {title: Ask, owner: chair, after: read, when: {read.how: short}, due: on notified, "
        "form: {yes: {type: yes_no, label: Yes?}}}\n"
    )
    text = CHOSEN.replace("{FORM}", HOW).replace("{WHEN}", "{read.how: long}").replace("{ALSO}", "{ask.yes: yes}")
    text = text.replace("  look:", ask + "  look:").replace("after: [read, write]", "after: [read, write, ask]")
    assert told(text) == []
    [said] = told(text.replace("when: {read.how: short}", "when: {read.how: long}"))
    assert "look (7 working days after write)" in said


def test_the_worst_way_that_can_happen_is_told_without_what_is_not_on_it() -> None:
    text = CHOSEN.replace("{FORM}", HOW).replace("{WHEN}", "{read.how: long}").replace("{ALSO}", "{read.how: short}")
    [said] = told(text.replace("8 working days after read", "14 working days after read"))
    assert "write (14 working days after read), send (on submission)" in said
    assert "look" not in said


def test_owners_who_answer_each_for_themselves_may_answer_differently() -> None:
    text = CHOSEN.replace("{FORM}", HOW).replace("{WHEN}", "{read.how: long}").replace("{ALSO}", "{read.how: short}")
    for_each = text.replace("owner: chair", "for_each: agency, owner: agency").replace(
        "opening:\n", "opening:\n  agencies: at least 1\n"
    )
    [said] = told(for_each)
    assert "look (7 working days after write)" in said
