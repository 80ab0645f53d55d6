"""Editions of the guidance: each follows an earlier one, and one date of a process decides which holds."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import in_words
from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.problem import Problem
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    opening = subject.process.opening
    if opening.trigger is not None and opening.trigger not in opening.dates:
        message = unknown("a date that is asked at the opening", opening.trigger, opening.dates, "It asks")
        yield subject.error(("opening", "trigger"), "PD021", message)


def check_library(library: Library) -> Iterator[Problem]:
    for loaded in library.guidance.values():
        edition, path = loaded.model, ("supersedes",)
        if edition.supersedes is None or library.could_be("guidance", edition.supersedes):
            continue
        before = library.guidance.get(edition.supersedes)
        if before is None:
            message = unknown(
                "a guidance file in definitions/guidance", edition.supersedes, library.guidance, "Editions"
            )
            yield loaded.source.value_problem(path, "PD030", message)
        elif before.model.in_force_from >= edition.in_force_from:
            message = (
                f"{before.model.guidance} is in force from {in_words(before.model.in_force_from)}, which is not before "
                f"this edition ({in_words(edition.in_force_from)}). An edition supersedes an earlier one."
            )
            yield loaded.source.value_problem(path, "PD049", message)
