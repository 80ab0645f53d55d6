"""What changed between two versions is told in words, whatever key it stands under."""

import pytest

from reviewflow.language.definition import Definition, define
from reviewflow.language.differences import differences
from tests.language.definitions import PLACE, library

TOY = """language: 1
process: toy
version: 1
title: Toy
reference: T-{year}-{number}
opening:
  dates: {notified: When was it notified?}
  agencies: at least 1
steps:
  plan: {title: Plan, owner: chair, due: 5 working days after notified}
  ask:
    title: Ask
    after: plan
    for_each: agency
    owner: agency
    form: {enough: {type: yes_no, label: Is it enough?}}
  read: {title: Read, after: ask, owner: chair, when: {any ask.enough: yes}}
"""


def told(old: str, new: str) -> list[str]:
    return between(TOY, TOY.replace(old, new))


def between(old: str, new: str) -> list[str]:
    before, after = (define(library({PLACE: text.encode()}), "toy") for text in (old, new))
    return [each.words for each in differences(before, after)]


def test_the_same_is_the_same_whatever_its_number() -> None:
    assert told("version: 1", "version: 2") == []


def test_a_day_that_moved() -> None:
    assert told("due: 5 working", "due: 4 working") == [
        'Step "plan" (Plan): due was "5 working days after notified" and is now "4 working days after notified".'
    ]


WHOLE = "due: 5 working days after notified"


def test_a_meeting_of_a_group_is_told() -> None:
    assert told(WHOLE, "due: the next meeting of panel after notified") == [
        (
            'Step "plan" (Plan): due was "5 working days after notified" and is now '
            '"the next meeting of panel after notified".'
        )
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "the first Wednesday after notified",
        "the last working day of the month of notified",
        "the next second Thursday of a month after notified",
        "1 working day after notified by 17:00",
        "the earlier of 3 days after notified and the first Friday after notified, by 12:00",
    ],
)
def test_a_day_that_is_named_or_has_a_time_is_told_as_it_is_written(rule: str) -> None:
    assert told(WHOLE, f'due: "{rule}"') == [
        f'Step "plan" (Plan): due was "5 working days after notified" and is now "{rule}".'
    ]


def test_hours_of_working_days_are_told() -> None:
    timed = TOY.replace("  agencies: at least 1\n", "  agencies: at least 1\n  times: notified\n")
    hours = timed.replace(WHOLE, "due: 48 hours of working days after notified")
    assert between(timed, hours) == [
        (
            'Step "plan" (Plan): due was "5 working days after notified" and is now '
            '"48 hours of working days after notified".'
        )
    ]
    assert between(hours, hours.replace("48 hours of working days", "48 hours")) == [
        'Step "plan" (Plan): due was "48 hours of working days after notified" and is now "48 hours after notified".'
    ]


AS_MANY = TOY.replace(
    "{title: Plan, owner: chair, due: 5 working days after notified}",
    "{title: Plan, owner: chair, form: {weeks: {type: number, label: How long, at_least: 1, at_most: 9}}}",
).replace("{title: Read, after: ask, owner: chair,", "{title: Read, after: ask, owner: chair, due: 2 weeks after plan,")


def test_as_many_weeks_as_somebody_answers_are_told() -> None:
    asked = AS_MANY.replace("2 weeks after plan", "as many weeks after plan as plan.weeks says")
    assert between(AS_MANY, asked) == [
        'Step "read" (Read): due was "2 weeks after plan" and is now "as many weeks after plan as plan.weeks says".'
    ]
    assert between(asked, asked.replace("at_most: 9", "at_most: 12")) == [
        'Step "plan" (Plan): form weeks at most was "9" and is now "12".'
    ]


SILENT = TOY.replace("{title: Plan, owner: chair, due", "{title: Plan, owner: chair, silence: counts as agreed, due")


def test_another_meaning_of_silence_and_its_later_day_are_told() -> None:
    later = SILENT.replace("counts as agreed", "{counts_as: agreed, on: 5 working days after due}")
    assert between(TOY, later) == [
        'Step "plan" (Plan): silence is new: counts as: "agreed", on: "5 working days after due".'
    ]
    assert between(later, later.replace("5 working days after due", "2 weeks after due")) == [
        'Step "plan" (Plan): silence on was "5 working days after due" and is now "2 weeks after due".'
    ]


def test_whom_it_waits_for_is_told() -> None:
    waiting = TOY.replace("steps:\n", "outside: {panel: The national Panel, court: The court}\nsteps:\n").replace(
        "{title: Plan, owner: chair,", "{title: Plan, owner: chair, waits_for: panel,"
    )
    assert between(waiting, waiting.replace("waits_for: panel", "waits_for: court")) == [
        'Step "plan" (Plan): waits for was "panel" and is now "court".'
    ]


def test_a_step_that_is_new_or_gone() -> None:
    new = "  more: {title: More, after: read, owner: chair}\n"
    assert told("steps:\n", f"steps:\n{new}") == ['New step "more" (More): owner "chair" and after "read".']
    assert told("  read: {title: Read, after: ask, owner: chair, when: {any ask.enough: yes}}\n", "") == [
        'Gone: step "read" (Read).'
    ]


def test_a_condition_and_a_question_are_told_whole() -> None:
    assert told("{any ask.enough: yes}", "{every ask.enough: yes}") == [
        'Step "read" (Read): when was any ask.enough: "yes" and is now every ask.enough: "yes".'
    ]
    assert told("label: Is it enough?", "label: Will it do?") == [
        'Step "ask" (Ask): form enough label was "Is it enough?" and is now "Will it do?".'
    ]


def test_what_is_asked_at_the_opening() -> None:
    assert told("When was it notified?}", "When was it notified?, aware: When known?}") == [
        'The opening: dates aware is new: "When known?".'
    ]


def test_a_body_outside_is_told_by_its_title() -> None:
    rule = "  plan: {title: Plan, owner: chair, extensions: {by: home_office},"
    named = TOY.replace("steps:\n", "outside: {home_office: The Home Office}\nsteps:\n")
    may_extend = named.replace("  plan: {title: Plan, owner: chair,", rule)

    body, english = 'ody outside "home_office" (The Home Office)', "The English Home Office"
    assert between(TOY, named) == [f"New b{body}."]
    assert between(named, TOY) == [f"Gone: b{body}."]
    assert between(named, named.replace("The Home", "The English Home")) == [
        f'Body outside "home_office" ({english}) was "The Home Office" and is now "{english}".'
    ]
    assert between(named, may_extend) == ['Step "plan" (Plan): extensions is new: by: "home_office".']


def test_a_target_is_told_between_files_and_not_to_a_case_which_keeps_none() -> None:
    rule = "due: 1 month after notified, met_by: read"
    targets = f"targets:\n  soon: {{title: Read soon, share: 80%, {rule}}}\nsteps:\n"
    assert told("steps:\n", targets) == [
        'New target "soon": due "1 month after notified", met by "read" and share "80%".'
    ]
    higher = TOY.replace("steps:\n", targets.replace("80%", "90%"))
    before, after = (define(library({PLACE: text.encode()}), "toy") for text in (TOY, higher))
    kept = Definition.model_validate_json(before.body)
    assert (kept.targets, before.hash) == (None, after.hash)
    assert differences(kept, after) == []


def test_who_must_be_among_those_who_agree_and_how_votes_count() -> None:
    assert told("owner: agency\n", 'owner: agency\n    quorum: "at least 2, one of police or health among them"\n') == [
        'Step "ask" (Ask): quorum is new: "at least 2, one of police or health among them".'
    ]
    assert told("{any ask.enough: yes}", "{more ask.enough: yes than no}") == [
        'Step "read" (Read): when was any ask.enough: "yes" and is now more ask.enough: "yes than no".'
    ]


def test_how_long_something_may_be_reopened() -> None:
    assert told("owner: chair, due", "owner: chair, reopenings: {within: 5 working days of the ending}, due") == [
        'Step "plan" (Plan): reopenings is new: within: "5 working days of the ending".'
    ]


LADDERS = """language: 1
ladders:
  asks:
    title: How we ask
    rungs:
      - {when: 2 working days before, to: owner, message: reminder}
      - {when: on the day, to: owner, message: reminder}
      - {when: on the day, to: business_manager, message: reminder}
      - {when: 5 working days after, to: chair, message: reminder, repeat: "every 2 working days, 3 times"}
"""


def test_a_ladder_is_compared_message_by_message() -> None:
    process = TOY.replace("owner: chair, due", "owner: chair, ladder: asks, due")
    changed = LADDERS.replace("to: business_manager", "to: [owner, chair]").replace("days, 3 times", "days, 2 times")
    changed = changed.replace("2 working days before", "3 working days before").replace(
        "5 working days after, to: chair,", '5 working days after, to: chair, at: "10:00",'
    )
    before, after = (
        define(library({PLACE: process.encode(), "ladders.yaml": text.encode()}), "toy") for text in (LADDERS, changed)
    )
    assert [each.words for each in differences(before, after)] == [
        'Ladder "asks" (How we ask), 3 working days before: sends now "reminder" to whoever owes it.',
        'Ladder "asks" (How we ask), on the day (2): goes to whoever owes it and chair, and went to business_manager.',
        'Ladder "asks" (How we ask), 5 working days after: at is new: "10:00".',
        (
            'Ladder "asks" (How we ask), 5 working days after: repeat was "every 2 working days, 3 times" and is now '
            '"every 2 working days, 2 times".'
        ),
        'Ladder "asks" (How we ask), 2 working days before: sends no more "reminder" to whoever owes it.',
    ]
