"""PD058: that somebody is reminded of what an agency owes."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.lists import is_of_agencies
from reviewflow.language.checks.people.asking import accepted_by_agencies
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import (
    EACH,
    NO_LADDER,
    Step,
)
from reviewflow.language.problem import Problem
from reviewflow.language.structure.owners import (
    is_owned_by_agencies,
)


def not_reminded(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """PD058: an agency owes it and is not reminded; not of what closes by silence or comes from outside."""
    by_line = step.owner is not None and step.owner.startswith(f"{EACH}.")
    each = step.owner == EACH and is_of_agencies(subject, step)
    of_agency = by_line or is_owned_by_agencies(step) or each or accepted_by_agencies(subject, step)
    decided = step.ladder is not None or step.silence is not None or step.waits_for is not None
    if of_agency and step.due is not None and not decided:
        example = next(iter(subject.library.ladders.model.ladders if subject.library.ladders else ()), "returns")
        message = (
            f'Nobody is reminded of "{name}". Name a ladder, such as: ladder: {example}\n'
            f"If that is meant, say so: ladder: {NO_LADDER}"
        )
        yield subject.key_warning(("steps", name), "PD058", message)
