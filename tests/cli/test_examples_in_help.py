"""What help gives as an example is taken: days, answers and names are those of the processes that are shipped."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import reviewflow.cli
from reviewflow.case.handlers.correspondence import responses
from reviewflow.case.handlers.links import EFFECTS, KINDS
from reviewflow.cli.commands import COMMANDS
from reviewflow.cli.console import pairs, the_moment
from reviewflow.language.definition import Definition
from reviewflow.language.model import FieldType, FormField
from reviewflow.service.rehearsal.answers import options
from tests.shipped import FILES as SHIPPED

SOURCE, DOCS = Path(reviewflow.cli.__file__).parent, Path(__file__).parents[2] / "docs"
GIVEN = re.compile(r"'\w+=[^']*'|\w+=(?:'[^']*'|[^\s;:,)']+)")
DAYS = re.compile(r"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?")
NAMES = re.compile(
    r"(?<![\w./=@-])[a-z]+(?:_[a-z]+)+(?:/[a-z_]+)?(?![\w@]|\.[a-z])|(?<=: )[a-z]+(?:\.(?!age|xes|xlsx)[a-z]+)?$"
)
OFFICES_OWN = frozenset({"our_rapid_review", "school_days", "northern_ireland", "uk_any", "calendar", "never"})
"""What an office names as it likes, calendars that the engine knows, and words of the command itself."""
NOT_SHIPPED = {
    "add-line": "growing.md",
    "change-line": "growing.md",
    "member": "owners.md",
    "contacts give": "contacts.md",
}
"""Commands for what no shipped process has, with the page whose example theirs is."""


def told() -> Iterator[tuple[str, str, str]]:
    """Of each argument and option: its command, its name and what help says of it."""
    for command in COMMANDS:
        loaded = command.load()
        group = {f"{command.name} {name}": part for name, part in getattr(loaded, "commands", {}).items()}
        for name, part in (group or {command.name: loaded}).items():
            yield from ((name, option.name, getattr(option, "help", None) or "") for option in part.params)


def examples(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    found = ((name, option, given) for name, option, words in told() for given in pattern.findall(words))
    return list(dict.fromkeys(found))


@cache
def definitions() -> tuple[Definition, ...]:
    return tuple(SHIPPED.definition(name) for name in SHIPPED.processes())


@cache
def asked(question: str) -> tuple[FormField, ...]:
    forms = [form for each in definitions() for form in each.step_forms.values()]
    forms += [table.questions for each in definitions() for table in each.tables.values()]
    return tuple(form[question] for form in forms if question in form)


@cache
def known_names() -> frozenset[str]:
    office = SHIPPED.partnership
    names = {
        *office.agencies,
        *office.roles,
        *SHIPPED.processes(),
        *SHIPPED.library.documents,
        *SHIPPED.library.messages,
    }
    for each in definitions():
        process = each.process
        names |= {*process.steps, *process.limits, *process.holds, *process.dates, *process.endings, *each.tables}
        names |= {*(process.contacts or ()), *(name for form in each.step_forms.values() for name in form)}
    return frozenset(names)


def is_taken(question: str, answer: str) -> bool:
    """Whether some form, or some table of decisions, asks for that and takes it."""
    return any(field.type is FieldType.REFERENCE or answer in options(field) for field in asked(question))


def is_date_of_opening(name: str, given: str) -> bool:
    day, clock = the_moment(given)
    assert day
    openings = [each.process.opening for each in definitions()]
    return any(name in opening.dates and (clock is None or name in opening.times) for opening in openings)


@pytest.mark.parametrize("example", examples(GIVEN), ids=str)
def test_what_is_given_in_an_example_is_asked_and_taken(example: tuple[str, str, str]) -> None:
    command, option, given = example
    (name, value), *_ = pairs([given.replace("'", "")], example="").items()
    if command in NOT_SHIPPED:
        assert given in (DOCS / "language" / NOT_SHIPPED[command]).read_text(encoding="utf-8")
    elif option in {"date", "dates"}:
        assert name == "NAME" or is_date_of_opening(name, value)
    elif option == "late":
        assert name in SHIPPED.partnership.agencies
        assert value.isdigit() or value == "never"
    else:
        assert is_taken(name.rpartition(".")[2], value)


@pytest.mark.parametrize("example", examples(DAYS), ids=str)
def test_a_day_in_an_example_can_be_read(example: tuple[str, str, str]) -> None:
    assert the_moment(example[2])


@pytest.mark.parametrize("example", examples(NAMES), ids=str)
def test_what_is_named_in_an_example_is_there(example: tuple[str, str, str]) -> None:
    command, _, named = example
    if command in NOT_SHIPPED:
        assert named in (DOCS / "language" / NOT_SHIPPED[command]).read_text(encoding="utf-8")
    else:
        engine = {*responses.KINDS, *KINDS, *EFFECTS, *OFFICES_OWN}
        assert {name for name in named.split("/") if name not in engine} <= known_names()


def test_what_a_refusal_shows_as_an_example_is_asked_too() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    shown = [given.replace("'", "").partition("=") for given in re.findall(r'example="([\w.]+=[^"]+)"', sources)]
    assert len(shown) > 5
    for name, _, value in shown:
        known = is_taken(name.rpartition(".")[2], value) or name in SHIPPED.partnership.agencies
        assert known or is_date_of_opening(name, value), name


def test_examples_are_found() -> None:
    assert [len(examples(pattern)) > 8 for pattern in (GIVEN, DAYS, NAMES)] == [True] * 3
    assert ("open", "date", "'NAME=2026-05-05 14:30'") in examples(GIVEN)
