"""Papers that an answer page offers: somebody answers there, and they can be made without a case."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import Document, DocumentFormat
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown
from reviewflow.language.templates import BEFORE_A_CASE, named
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    """PD475: somebody answers the step. PD030, PD476: each paper is there, and can be made before a case."""
    for name, step in subject.steps.items():
        path: Path = ("steps", name, "offers")
        if step.offers is not None and step.owner is None:
            message = f'Nobody answers "{name}": it happens by itself. Give it an owner, or take "offers" out.'
            yield subject.key_error(path, "PD475", message)
        for place, document in enumerate(step.offers or ()):
            if not subject.library.could_be("document", document):
                yield from _offered(subject, document, (*path, place))


def _offered(subject: Subject, name: str, path: Path) -> Iterator[Problem]:
    known = subject.library.documents
    if name not in known:
        yield subject.error(path, "PD030", unknown("a document in definitions/documents", name, known, "Documents"))
        return
    document = known[name].model
    if DocumentFormat.WORD not in document.formats:
        yield subject.error(path, "PD476", f'"{name}" is not made in Word, so a page cannot offer it.')
    elif needed := needed_of_a_case(document):
        fields = listing(f"{{{field}}}" for field in needed)
        message = f'"{name}" says {fields}, which only a case has. Have a step make it: make: {name}.'
        yield subject.error(path, "PD476", message)


def needed_of_a_case(document: Document) -> list[str]:
    """The fields that only a case can fill."""
    return sorted(named(f"{document.title} {document.text}") - BEFORE_A_CASE)
