"""Days that count from the ending of a case: of what an ending keeps, and known only once it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.needed import only_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.phrases import THE_ENDING, DayRule, OneOf
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.text import listing

_OF_A_STEP = 3
"""The length of the path of a step's own due."""


def ending_problems(subject: Subject, path: Path) -> Iterator[Problem]:
    """PD485: only the due day of a step that an ending keeps, and that comes once, counts from the ending."""
    kept = _kept(subject)
    is_due = len(path) == _OF_A_STEP and path[0] == "steps" and path[2] == "due"
    name = str(path[1]) if is_due else ""
    if not is_due:
        message = "Only the due day of a step counts from the ending, for nothing else comes after it. Name a date."
        yield subject.error(path, "PD485", message)
    elif name not in kept:
        endings = listing((f'"{ending}"' for ending in subject.process.endings), none="none yet")
        message = (
            f'No ending keeps "{name}", so it falls when the case ends. Name it under keeps of an ending '
            f"({endings}): keeps: {name}."
        )
        yield subject.error(path, "PD485", message)
    elif subject.steps[name].repeats is not None:
        message = f'"{name}" comes again, and nothing comes again after the ending. Take repeats out.'
        yield subject.error(path, "PD485", message)


def without_a_day(subject: Subject, name: str, rule: DayRule) -> Iterator[Problem]:
    """PD486: what is owed also where no ending is taken has no day then."""
    counts = any(anchor.name == THE_ENDING for part in rule.parts for anchor in part.anchors)
    if (
        not counts
        or name not in _kept(subject)
        or (isinstance(rule, OneOf) and not rule.later)
        or subject.steps[name].optional
    ):
        return
    opened_by_endings = frozenset(step for step in _kept(subject) if _is_optional(subject, step))
    if not only_after(subject, name, opened_by_endings):
        message = (
            f'"{name}" is owed also where the case takes no ending. Then it has no day, and nobody is reminded. '
            "Write optional: yes, so that it is owed with the ending alone, or: the earlier of ... and ..."
        )
        yield subject.warning(("steps", name, "due"), "PD486", message)


def _kept(subject: Subject) -> frozenset[str]:
    return frozenset(step for ending in subject.process.endings.values() for step in ending.keeps)


def _is_optional(subject: Subject, name: str) -> bool:
    return name in subject.steps and subject.steps[name].optional
