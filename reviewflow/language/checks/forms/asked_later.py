"""What a table from elsewhere may leave unsaid: somebody must be asked for it afterwards, by the same name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FieldType, FormField, Record
from reviewflow.language.problem import Problem
from reviewflow.language.structure.registers import asked_later
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    """Every column that may come later, and every question that can be none."""
    for name in subject.steps:
        for field, asked in subject.form(name).items():
            if asked.may_come_later:
                message = f'"may_come_later" belongs to a column of a table; "{field}" is none. Take it out.'
                yield subject.error(("steps", name, "form"), "PD455", message)
            if asked.type is FieldType.ROWS and asked_later(asked):
                yield from _asks(subject, name, field, asked)


def _asks(subject: Subject, name: str, field: str, listed: FormField) -> Iterator[Problem]:
    steps = (key for key, step in subject.steps.items() if step.records is Record.ACTION_SAID)
    asking = next((key for key in steps if subject.steps[key].for_each == f"{name}.{field}"), None)
    later = asked_later(listed)
    if asking is None:
        message = (
            f"{listing(later)} of the table {name}.{field} may come later, but no step asks for it then. Add a step "
            f"with for_each: {name}.{field} and records: action_said, whose form asks the same; or take it out."
        )
        yield subject.error(("steps", name, "form"), "PD455", message)
    elif subject.form_is_known(asking):
        yield from _by_the_same_name(subject, asking, later)


def _by_the_same_name(subject: Subject, asking: str, later: Mapping[str, FormField]) -> Iterator[Problem]:
    form = subject.form(asking)
    for column, asked in later.items():
        if column not in form or (form[column].type, form[column].options) != (asked.type, asked.options):
            options = f", with the options {listing(asked.options)}" if asked.options else ""
            message = f'The form of "{asking}" must ask "{column}" as the table does: of type {asked.type}{options}.'
            yield subject.error(("steps", asking, "records"), "PD455", message)
