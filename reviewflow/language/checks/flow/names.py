"""Names of what may stand in a phrase: none is a word by which the phrase itself is read (PD431)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.model import AGENCY, CONTRIBUTORS, EACH, OPENED, OWNER, FormFields
from reviewflow.language.phrases.names import DAYS_OF_THE_WEEK, JOINING
from reviewflow.language.problem import Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path

OF_DAYS = frozenset({*JOINING, *DAYS_OF_THE_WEEK, EACH})
"""What a date, a step or a limit is not called: a due rule counts from it."""
OF_ANSWERS = frozenset({*JOINING, *DAYS_OF_THE_WEEK})
"""What a question is not called: a due rule counts from its answer."""
OF_PEOPLE = frozenset({*JOINING, AGENCY, EACH, OWNER, CONTRIBUTORS})
"""What a post or an agency is not called: owners, recipients and quorums name it."""


def check(subject: Subject) -> Iterator[Problem]:
    process, source = subject.process, subject.source
    yield from _called(source, ("steps",), subject.steps, OF_DAYS, "step")
    yield from _called(source, ("limits",), process.limits, OF_DAYS, "limit")
    yield from _called(source, ("opening", "dates"), process.opening.dates, OF_DAYS | {OPENED}, "date")
    yield from _called(source, ("dates",), process.dates, OF_DAYS, "date")
    for name, step in subject.steps.items():
        if isinstance(step.form, dict):
            yield from _questions(source, ("steps", name, "form"), step.form)


def check_library(library: Library) -> Iterator[Problem]:
    for form in library.forms.values():
        yield from _questions(form.source, ("fields",), form.model.fields)
    for table in library.tables.values():
        yield from _questions(table.source, ("questions",), table.model.questions)
    loaded = library.partnership
    if loaded is not None:
        yield from _called(loaded.source, ("roles",), loaded.model.roles, OF_PEOPLE, "post")
        yield from _called(loaded.source, ("agencies",), loaded.model.agencies, OF_PEOPLE, "agency")
        yield from _called(loaded.source, ("groups",), loaded.model.groups, JOINING, "group")
        for name, group in loaded.model.groups.items():
            yield from _called(loaded.source, ("groups", name, "kinds"), group.kinds, JOINING, "kind")


def _questions(source: Source, path: Path, fields: FormFields) -> Iterator[Problem]:
    yield from _called(source, path, fields, OF_ANSWERS, "question")
    for name, field in fields.items():
        yield from _questions(source, (*path, name, "columns"), field.columns)


def _called(source: Source, path: Path, names: Iterable[str], never: Collection[str], what: str) -> Iterator[Problem]:
    for name in names:
        if name in never:
            article = "an" if what == "agency" else "a"
            message = (
                f'"{name}" is a word of the language itself, so {article} {what} that is called so could not be told '
                f"from it. Call it otherwise: {name}_{what}."
            )
            yield source.key_problem((*path, name), "PD431", message)
