"""In which language somebody reads: a question that is asked before, and messages that have words in it."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contacts_written_to
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing

ENGLISH = "english"
"""The option that stands for the words of a message that are in no other language."""


def check(subject: Subject) -> Iterator[Problem]:
    for name, contact in (subject.process.contacts or {}).items():
        path: Path = ("contacts", name, "language")
        if contact.language is None:
            continue
        wrong = list(_question(subject, contact.language, path))
        yield from wrong
        if not wrong:
            yield from _letters(subject, name, contact.language, path)


def _question(subject: Subject, said: str, path: Path) -> Iterator[Problem]:
    """PD489: the language is the answer to a question with options, of a step that is done once."""
    step, _, field = said.partition(".")
    if step not in subject.steps:
        yield subject.error(path, "PD489", unknown("a step of this process", step, subject.steps, "Its steps"))
    elif subject.steps[step].for_each is not None or subject.steps[step].repeats is not None:
        message = f'"{step}" is answered more than once. Let a step that is done once ask for the language.'
        yield subject.error(path, "PD489", message)
    elif subject.form_is_known(step) and field not in (known := _choices(subject, step)):
        what = f'a question of type choice in "{step}"'
        yield subject.error(path, "PD489", unknown(what, field, known, "Such questions"))


def _choices(subject: Subject, step: str) -> dict[str, FormField]:
    return {name: field for name, field in subject.form(step).items() if field.type is FieldType.CHOICE}


def _letters(subject: Subject, contact: str, said: str, path: Path) -> Iterator[Problem]:
    """PD489: it is asked before each letter. PD491, a warning: the letter has words in every language to choose."""
    asked, _, field = said.partition(".")
    known = _choices(subject, asked) if subject.form_is_known(asked) else {}
    for name, step in subject.steps.items():
        if contact not in contacts_written_to(step):
            continue
        if not subject.waits(name, asked):
            early = f'“{subject.steps[asked].title}” may not be answered yet when "{name}" is written.'
            message = f"{early} Write in it: after: {asked}"
            yield subject.error(path, "PD489", message)
        loaded = subject.library.messages.get(step.send or "")
        options = known[field].options if field in known else {}
        lacking = [option for option in options if loaded and option not in {ENGLISH, *(loaded.model.also_in or {})}]
        if lacking:
            message = (
                f'"{step.send}" has no words in {listing(lacking)}: who chose that is written to in English.\n'
                f"Write them into the message: also_in: {{{lacking[0]}: {{subject: ..., text: ...}}}}"
            )
            yield subject.warning(("steps", name, "send"), "PD491", message)


def check_library(library: Library) -> Iterator[Problem]:
    """PD491, a warning: an agency reads a language in which no message has words."""
    loaded = library.partnership
    written = {name for message in library.messages.values() for name in message.model.also_in or {}} | {ENGLISH}
    for name, agency in loaded.model.agencies.items() if loaded else ():
        if agency.language is not None and agency.language not in written:
            message = f"No message has words in {agency.language}, so this agency is written to in English."
            place: Path = ("agencies", name, "language")
            assert loaded is not None
            yield loaded.source.value_problem(place, "PD491", message, Severity.WARNING)
