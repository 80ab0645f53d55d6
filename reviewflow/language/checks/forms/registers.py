"""What a step records in the registers of the partnership: it must ask what they read, by the names that they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.language.checks.lists import listed_of
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FieldType, FormField, Record, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.lists import source_of
from reviewflow.language.structure.registers import (
    FOR_PLAN,
    JUDGEMENT,
    JUDGEMENTS,
    NEEDED,
    OF_ACTIONS,
    OF_MILESTONES,
    PUBLISHED,
    STRENGTHS,
)
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if step.records is Record.ACTION_MILESTONE:
            yield from _of_a_milestone(subject, name, step)
        elif step.records is Record.VERIFIED_FOR_PLAN:
            yield from _for_a_plan(subject, name, step)
        elif step.records in OF_ACTIONS:
            yield from _of_an_action(subject, name, step)
        elif step.records is not None:
            yield from _of_a_report(subject, name, step)


def _of_an_action(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "records")
    listed = listed_of(subject, step)
    if source_of(step) is None or (listed is not None and listed.type is not FieldType.ROWS):
        message = f'"{step.records}" is said of an action: the step is done for each line of a table of actions.'
        yield subject.error(path, "PD095", f"{message} Write for_each: plan.actions.")
        return
    yield from _recorded_twice(subject, name, step)
    if step.records is not Record.ACTION_DONE:
        yield from _beside_done_actions(subject, name, step)
    elif listed is not None:
        yield from _columns(subject, path, listed, f"The table {step.for_each}")
    if step.records is Record.ACTION_VERIFIED and subject.form_is_known(name):
        yield from _judgement(subject, name)


def _of_a_milestone(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "records")
    source, listed = source_of(step), listed_of(subject, step)
    if source is None or (listed is not None and listed.type is not FieldType.ROWS):
        message = "A milestone is a line of a table of milestones. Write for_each: plan.milestones."
        yield subject.error(path, "PD095", message)
        return
    yield from _recorded_twice(subject, name, step)
    done = [source_of(other) for other in subject.steps.values() if other.records is Record.ACTION_DONE]
    if source[0] not in {list_source[0] for list_source in done if list_source is not None}:
        message = f'Milestones stand beside their actions, but "{source[0]}" gathers no table of actions.'
        yield subject.error(path, "PD095", message)
    elif listed is not None:
        yield from _missing_questions(
            subject, path, listed.columns, OF_MILESTONES, f"The table {step.for_each} needs a column"
        )


def _for_a_plan(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "records")
    listed = listed_of(subject, step)
    if source_of(step) is None or (listed is not None and listed.type is not FieldType.ROWS):
        message = "An action of another case's plan is a line of a table. Write for_each: choose_what.actions."
        yield subject.error(path, "PD095", message)
        return
    yield from _recorded_twice(subject, name, step)
    if listed is not None:
        yield from _missing_questions(
            subject, path, listed.columns, FOR_PLAN, f"The table {step.for_each} needs a column"
        )
    if subject.form_is_known(name):
        yield from _judgement(subject, name)


def _recorded_twice(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    same = [
        other
        for other, other_step in subject.steps.items()
        if other_step.records is step.records and other_step.for_each == step.for_each
    ]
    if same[0] != name:
        message = (
            f'"{same[0]}" records {step.records} of the same actions. Only one step can; take it out of the other.'
        )
        yield subject.error(("steps", name, "records"), "PD095", message)


def _beside_done_actions(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    done = [other for other in subject.steps.values() if other.records is Record.ACTION_DONE]
    if all(other.for_each != step.for_each for other in done):
        message = f"No step with for_each: {step.for_each} says records: action_done. Write it where they are done."
        yield subject.error(("steps", name, "records"), "PD095", message)


def _columns(subject: Subject, path: Path, listed: FormField, what: str) -> Iterator[Problem]:
    yield from _missing_questions(subject, path, listed.columns, NEEDED, f"{what} needs a column")
    strength = listed.columns.get("strength")
    if strength is not None and not set(strength.options) <= set(STRENGTHS):
        message = f'The column "strength" of {what[0].lower()}{what[1:]} may have the options {listing(STRENGTHS)}.'
        yield subject.error(path, "PD095", message)


def _judgement(subject: Subject, name: str) -> Iterator[Problem]:
    path: Path = ("steps", name, "records")
    asked = subject.form(name).get(JUDGEMENT)
    if asked is None or asked.type is not FieldType.CHOICE or not set(asked.options) <= set(JUDGEMENTS):
        options = listing(JUDGEMENTS)
        message = f'The form of "{name}" needs a question "{JUDGEMENT}" of type choice, with the options {options}.'
        yield subject.error(path, "PD095", message)


def _of_a_report(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "records")
    if step.owner is None or step.for_each is not None:
        message = f'"{step.records}" is told by one person once. Give the step an owner, and no for_each.'
        yield subject.error(path, "PD095", message)
    elif step.records is Record.PUBLICATION and subject.form_is_known(name):
        yield from _missing_questions(
            subject, path, subject.form(name), PUBLISHED, f'The form of "{name}" needs a question'
        )


def _missing_questions(
    subject: Subject,
    path: Path,
    fields: Mapping[str, FormField],
    needed: Mapping[str, tuple[FieldType, ...]],
    what: str,
) -> Iterator[Problem]:
    for name, kinds in needed.items():
        if name not in fields or fields[name].type not in kinds:
            yield subject.error(path, "PD095", f'{what} "{name}" of type {listing(kinds, last="or")}.')
