"""Letters to several contacts, one after the other: each can answer on a page, one can accept, others not (PD443)."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.asked import always, mistakes, relative_values
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Many, Test, holds_for, leaves
from reviewflow.language.model import Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contact_of, contacts_written_to
from reviewflow.language.structure.silence import silence_answers
from reviewflow.text import listing

CODE = "PD443"


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        path: Path = ("steps", name)
        if step.until is None:
            yield from _several(subject, step, (*path, "to"))
        elif not (contacts_written_to(step) and all(map(contact_of, step.to)) and step.reply):
            message = (
                f'"{name}" is no letter to contacts of the case that leads to a page, and only such a letter goes to '
                "one after the other of them.\nWrite: to: [contact first, contact second], and the step that each may "
                "answer: reply: STEP"
            )
            yield subject.key_error((*path, "until"), CODE, message)
        else:
            yield from _order(subject, step, (*path, "to"))
            if step.reply in subject.steps:
                yield from _reply(subject, name, step.reply, step.until, (*path, "until"))


def _several(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    if len(contacts_written_to(step)) > 1 and all(map(contact_of, step.to)):
        message = (
            "A letter goes to one contact. Make a step for each; or let them be written to one after the other, until "
            "one accepts what the step of reply asks: until: {will_you: yes}"
        )
        yield subject.error(path, CODE, message)


def _order(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    if len(step.to) < 2 or len(set(step.to)) < len(step.to):  # noqa: PLR2004  one after another
        yield subject.error(path, CODE, "Name two contacts or more here, each once, in the order of asking.")


def _reply(subject: Subject, name: str, asked: str, until: Test, path: Path) -> Iterator[Problem]:
    step = subject.steps[asked]
    yield from _answered(subject, asked, until, path)
    if subject.form_is_known(asked) and always(until, subject.form(asked)):
        message = "Every answer accepts, so nobody but the first is ever written to. Leave one that does not."
        yield subject.error(path, CODE, message)
    silent = {field: frozenset({value}) for field, value in silence_answers(step).items()}
    if silent and holds_for(until, silent):
        message = f'Silence of "{asked}" gives an answer that accepts, so nobody after it is asked. Let it decline.'
        yield subject.error(path, CODE, message)
    if step.repeats is not None:
        message = f'"{asked}" comes again by itself, and they answer it once each. Take repeats out.'
        yield subject.key_error(("steps", asked, "repeats"), CODE, message)
    if others := [other for other, each in subject.steps.items() if name in each.after and other != asked]:
        message = (
            f'"{name}" is written again to the next, so nothing else begins after it.\n'
            f'Let {listing(others, last="and")} wait for "{asked}": it is done when one has accepted or nobody is left.'
        )
        yield subject.error(("steps", others[0], "after"), CODE, message)
    if others := [other for other, each in subject.steps.items() if each.reply == asked and other != name]:
        message = f'"{others[0]}" leads to "{asked}" too. Let one letter ask them one after the other.'
        yield subject.error(("steps", others[0], "reply"), CODE, message)


def _answered(subject: Subject, asked: str, until: Test, path: Path) -> Iterator[Problem]:
    """Whether the step that they answer asks this."""
    for leaf in leaves(until):
        wrong = list(mistakes(leaf, subject.form(asked), f"asked by {asked}")) if subject.form_is_known(asked) else []
        if leaf.step or leaf.many is not Many.ONE:
            wrong = [(None, f'"{asked}" is answered by each alone. Write only the field: {leaf.field}.')]
        for value, message in [*wrong, *relative_values(leaf)]:
            yield subject.error_at(subject.answer_mark(path, leaf.key, value), CODE, message)
