"""Every text of every command is screened; what is not is named with its reason. Made from the commands themselves."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest

from reviewflow.calendar import OFFICE, Calendar
from reviewflow.case.advance import begin, work_out
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.screening import NOT_SCREENED, read_who
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.language.definition import define
from tests.shipped import library

NHS, SEEN = "see 943 476 5919", "seems to hold an NHS number, at word 2"
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
COMMANDS = get_args(c.Command)


CALENDARS = {OFFICE: Calendar("plain", {}, first_year=2020, last_year=2035, proclaimed_until=date(2035, 12, 31))}


@cache
def plan_of() -> Plan:
    return Plan(define(library(), "rapid_review"))


def decided(command: c.Command, vouched: str = "") -> list[e.Event]:
    if isinstance(command, c.Open):
        return begin(plan_of(), command, "RR-2026-001", now=NOW, calendars=CALENDARS)
    case = Case("RR-2026-001", "rapid_review", 1, "", CaseStatus.OPEN, date(2026, 5, 5), {}, ())
    return work_out(plan_of(), case, command, now=NOW, calendars=CALENDARS, vouched=vouched).events


def words_in(hint: object) -> bool:
    """Whether a value of this type can hold words."""
    return hint in {str, object} or any(words_in(part) for part in get_args(hint))


def worded() -> Iterator[tuple[type[Any], str]]:
    for kind in COMMANDS:
        hints = get_type_hints(kind)
        yield from ((kind, field.name) for field in fields(kind) if words_in(hints[field.name]))


def excepted(kind: type[Any], name: str) -> bool:
    return name in NOT_SCREENED or f"{kind.__name__}.{name}" in NOT_SCREENED


SCREENED = [(kind, name) for kind, name in worded() if not excepted(kind, name)]


def any_value(hint: object) -> Any:
    for kind, value in ((str, "police"), (date, date(2026, 5, 12)), (int, 1), (time, time(9))):
        if hint is kind:
            return value
    return {}


def filled(kind: type[Any], name: str, text: str) -> Any:
    hints = get_type_hints(kind)
    needed = {field.name: any_value(hints[field.name]) for field in fields(kind) if _has_no_default(field)}
    return kind(**{**needed, name: text})


def _has_no_default(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def test_every_exception_is_a_field_that_there_is() -> None:
    there = {name for kind, name in worded()} | {f"{kind.__name__}.{name}" for kind, name in worded()}
    assert set(NOT_SCREENED) <= there
    assert len(SCREENED) >= 25


@pytest.mark.parametrize(("kind", "name"), SCREENED, ids=lambda value: getattr(value, "__name__", value))
def test_a_text_of_a_command_is_screened_before_anything_else(kind: type[Any], name: str) -> None:
    command = filled(kind, name, NHS)
    with pytest.raises(Refused, match=SEEN) as refused:
        decided(command)
    assert "5919" not in str(refused.value)


@pytest.mark.parametrize(("kind", "name"), SCREENED, ids=lambda value: getattr(value, "__name__", value))
def test_a_text_of_a_command_is_bounded(kind: type[Any], name: str) -> None:
    command = filled(kind, name, "x" * (NOTE_LENGTH + 1))
    with pytest.raises(Refused, match=f"{NOTE_LENGTH + 1} characters; at most {NOTE_LENGTH} fit"):
        decided(command)


def test_somebody_may_say_why_a_text_could_identify_nobody() -> None:
    command = c.Withdraw("the order 943 476 5919 was cancelled")
    assert decided(command, vouched="it is the number of an order") == [
        e.TextVouched(('an NHS number in "The reason"',), "it is the number of an order"),
        e.CaseWithdrawn("the order 943 476 5919 was cancelled"),
    ]


@pytest.mark.parametrize(
    ("reason", "vouched", "said"),
    [
        ("the order 943 476 5919", "943 476 5919 is an order", SEEN.replace("word 2", "word 1")),
        ("the order 943 476 5919", " ", "A reason is needed"),
        (
            "cancelled",
            "it is an order",
            "identify a child.\nSo no reason is needed: on a form leave that question empty",
        ),
        ("x" * 501, "it is an order", "501 characters"),
    ],
)
def test_what_cannot_be_let_in_so(reason: str, vouched: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        decided(c.Withdraw(reason), vouched=vouched)


def test_who_acts_is_screened_and_bounded() -> None:
    assert read_who(" Business manager,\nNorthmoor ") == "Business manager, Northmoor"
    with pytest.raises(Refused, match=SEEN):
        read_who(NHS)
    with pytest.raises(Refused, match=f"{REFERENCE_LENGTH + 1} characters"):
        read_who("x" * (REFERENCE_LENGTH + 1))
