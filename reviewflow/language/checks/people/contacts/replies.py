"""What a contact may answer themselves, on the page that a letter leads to."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.people.contacts.declared import message_of
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import FieldType, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.structure.owners import owning_role
from reviewflow.language.suggestions import unknown
from reviewflow.language.templates import LEADS_TO_A_PAGE, named
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if step.reply is not None:
            yield from _reply(subject, name, step, ("steps", name, "reply"))


CHOSEN = frozenset(
    {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.CONFIRM, FieldType.DATE, FieldType.TIME}
)
"""Questions that a contact answers without a word of their own, in which families name people."""


def _reply(subject: Subject, letter: str, step: Step, path: Path) -> Iterator[Problem]:
    """PD515: a letter to a contact leads to a step that a post owes after it. PD516: by chosen answers only."""
    name, message = step.reply or "", message_of(subject, step.send)
    if not contact_written_to(step):
        words = f'"{letter}" is no letter to a contact of the case, and only such a letter leads to a page by "reply".'
        yield subject.key_error(path, "PD515", words)
    elif name not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", name, subject.steps, "Its steps"))
    elif wrong := why_no_page(subject.steps[name], letter):
        yield subject.error(path, "PD515", f'A contact cannot answer "{name}" from "{letter}": {wrong}')
    else:
        yield from _chosen(subject, name, path)
    silent = message is not None and not all(named(words.text) & LEADS_TO_A_PAGE for words in message.wordings.values())
    if contact_written_to(step) and silent:
        words = f'"{step.send}" does not say where the page is. Write {{answer}} in its text, in each language.'
        yield subject.error(path, "PD515", words)


def why_no_page(asked: Step, letter: str) -> str:
    """Why the page of this letter cannot be one of this step; '' when it can."""
    if not owning_role(asked) or asked.for_each is not None:
        return "it is not owed once, by a role that records it where the family rings instead."
    if letter not in asked.after:
        return f"it does not begin after the letter. Write in it: after: {letter}"
    return "its answers count with a code, which cannot go to a contact. Take confirm out." if asked.confirm else ""


def _chosen(subject: Subject, name: str, path: Path) -> Iterator[Problem]:
    form = subject.form(name)
    typed = [short for short, field in form.items() if field.type not in CHOSEN]
    if not form and subject.form_is_known(name):
        yield subject.error(
            path, "PD516", f'"{name}" asks nothing, so its page would have no question. Give it a form.'
        )
    if typed:
        words = (
            f'"{name}" asks for {listing(typed, last="and")} in words, numbers or names.\n'
            "Ask a contact by choice, choices, yes_no, confirm, date or time, and hear all else from them in person."
        )
        yield subject.error(path, "PD516", words)
