"""The agencies that a case needs, and those that there are."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """PD435: the partnership names as many agencies as a case needs to be opened."""
    needed, partnership = subject.process.opening.agencies, subject.library.partnership
    if needed is None or partnership is None or needed.number <= len(partnership.model.agencies):
        return
    named = len(partnership.model.agencies)
    message = (
        f"A case cannot be opened without {needed.number} of them, and partnership.yaml names {named or 'none'}. Name "
        'them under "agencies" there; where the office does the work alone, take this line out.'
    )
    yield subject.warning(("opening", "agencies"), "PD435", message)
