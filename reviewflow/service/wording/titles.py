"""What an item is called: the step, and for whom or for which entry of a list it is owed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reviewflow.case.model.arranged import answer_words
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.state import Answer, Row
from reviewflow.case.plan.entries import entries_of
from reviewflow.language.definition import Definition
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.structure.lists import OWNING, source_of
from reviewflow.service.wording.people import Person

Gathered = Mapping[tuple[str, str], Answer]
"""The lists that forms have gathered, by step and question."""
LONGEST = 60
BESIDE = "Something that runs beside the case"
"""A link, in the words of a message: its reference may be a court's, and is told on the page of the case alone."""
TELLING = {FieldType.NOTE, FieldType.REFERENCE, FieldType.AGENCY, FieldType.CHOICE}
"""Columns whose first says what a line is about."""


def item_words(definition: Definition, item: str, gathered: Gathered, person: Person) -> str:
    """'Agency summary and chronology · Police', 'Hold the session · Session 1', 'Do the action · 1 Hospital'."""
    step, _, key = item.partition("/")
    if LookAgain.HOLD.name_in(step):
        hold = definition.process.holds.get(LookAgain.HOLD.name_in(step))
        return hold.title if hold else LookAgain.HOLD.name_in(step).replace("_", " ")
    if LookAgain.LINK.name_in(step):
        return BESIDE
    title = definition.title(LookAgain.ENDING.name_in(step) or step)
    if not key:
        return title
    if step in definition.process.limits:
        return f"{title} · {key}"
    source = source_of(definition.process.steps[step])
    if source is None:
        kind = "agency" if definition.process.steps[step].for_each == "agency" else "role"
        return f"{title} · {person(f'{kind}:{key}')}"
    field = definition.step_forms[source[0]][source[1]]
    if field.type in OWNING:
        return f"{title} · {_owner_words(field, key, person)}"
    return f"{title} · {_entry_words(field, gathered.get(source), key, person)}"


def told_words(step: str, title: str, key: str, owner: str, known: Collection[str]) -> str:
    """What letters call an item: of its title all that nobody has typed, and that its owner does not say already.

    'Read the return · Police' where another reads it, 'Do the action (number 2)' of the lines of a table; without it a
    reader who owes several could not tell one from another. `known` are the roles and agencies of the partnership.
    """
    if key.isdigit():
        return f"{step} (number {key})"
    return title if key in known and title.removeprefix(f"{step} · ") not in owner else step


def because_words(definition: Definition, reason: str) -> str:
    """Why a hold is in place, as it was recorded: where an answer placed it, with the title of what was answered."""
    step = step_of(reason.removeprefix(answer_words("")))
    answered = reason.startswith(answer_words("")) and step in definition.process.steps
    return answer_words(f"“{definition.title(step)}”") if answered else reason


def _entry_words(field: FormField, answer: Answer | None, key: str, person: Person) -> str:
    for entry_key, entry in entries_of(answer):
        if entry_key == key:
            return f"{key} {_line_words(field, entry, person)}".strip() if isinstance(entry, dict) else str(entry)
    return key


def _owner_words(field: FormField, key: str, person: Person) -> str:
    return person(f"agency:{key}") if field.type is FieldType.AGENCIES else field.options.get(key, key)


def _line_words(field: FormField, line: Row, person: Person) -> str:
    column = next((name for name, asked in field.columns.items() if asked.type in TELLING and name in line), None)
    if column is None:
        return ""
    asked, cell = field.columns[column], str(line[column])
    words = person(f"agency:{cell}") if asked.type is FieldType.AGENCY else asked.options.get(cell, cell)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 3].rstrip()}..."
