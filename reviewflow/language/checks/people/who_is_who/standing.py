"""An opening by agencies: the step begins with the case, and its form says which agency it was."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FieldType, FormFields, FromAgencies, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown

PLACE: Path = ("opening", "from_agencies")


def check(subject: Subject) -> Iterator[Problem]:
    """PD461: what an agency could not fill in, or nobody would know afterwards."""
    rule = subject.process.opening.from_agencies
    if rule is None:
        return
    yield from _asked_otherwise(subject)
    step = subject.steps.get(rule.step)
    if step is None:
        words = unknown("a step of this process", rule.step, subject.steps, "Its steps")
        yield subject.error((*PLACE, "step"), "PD022", words)
        return
    if _is_no_beginning(step):
        message = f'"{rule.step}" must be a step that one person does once, as soon as the case is opened.'
        yield subject.error((*PLACE, "step"), "PD461", message)
    if subject.form_is_known(rule.step):
        yield from _answers(subject, rule, subject.form(rule.step))


def _asked_otherwise(subject: Subject) -> Iterator[Problem]:
    opening = subject.process.opening
    if len(opening.dates) > 1 or opening.times or opening.calendar:
        message = (
            "An agency that opens a case is asked for no day, time or calendar: the one date is the day on which it "
            "sends the form. Keep one date under opening, and ask for others in the form."
        )
        yield subject.key_error(PLACE, "PD461", message)
    if opening.agencies is None:
        message = 'No agencies take part in this process. Write under opening: "agencies: at least 1".'
        yield subject.key_error(PLACE, "PD461", message)


def _is_no_beginning(step: Step) -> bool:
    return bool(step.after or step.when or step.for_each or step.repeats or step.optional) or step.owner is None


def _answers(subject: Subject, rule: FromAgencies, form: FormFields) -> Iterator[Problem]:
    asking = [name for name, field in form.items() if field.type is FieldType.AGENCY]
    if rule.agency is not None and rule.agency not in asking:
        words = unknown(f"a question of {rule.step} of type agency", rule.agency, asking, "Such questions")
        yield subject.error((*PLACE, "agency"), "PD461", words)
    for name, answer in rule.answers.items():
        field = form.get(name)
        options = ("yes", "no") if field is not None and field.type is FieldType.YES_NO else field and field.options
        if not options:
            choices = [other for other, asked in form.items() if asked.options]
            words = unknown(f"a question of {rule.step} with options", name, choices, "Such questions")
            yield subject.error((*PLACE, "answers", name), "PD461", words)
        elif answer not in options:
            words = unknown(f'an answer to "{name}"', answer, list(options), "Its answers")
            yield subject.error((*PLACE, "answers", name), "PD461", words)
