"""The agencies that a case needs, and those that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.phrases import AtLeast
from reviewflow.language.problem import Problem
from reviewflow.language.suggestions import AN_AGENCY, unknown

PLACE = ("opening", "agencies")


def check(subject: Subject) -> Iterator[Problem]:
    """PD435: the partnership names as many agencies as a case needs to be opened; PD495: and each that it needs."""
    needed, partnership = subject.process.opening.agencies, subject.library.partnership
    if needed is None or partnership is None:
        return
    agencies = partnership.model.agencies
    yield from _named(subject, needed, agencies)
    if needed.number <= len(agencies):
        return
    message = (
        f"A case cannot be opened without {needed.number} of them, and partnership.yaml names "
        f'{len(agencies) or "none"}. Name them under "agencies" there; where the office does the work alone, take this '
        "line out."
    )
    yield subject.warning(PLACE, "PD435", message)


def _named(subject: Subject, needed: AtLeast, agencies: Collection[str]) -> Iterator[Problem]:
    for name in needed.everybody_named:
        if name not in agencies and not subject.library.could_be("partnership", ""):
            words = unknown(AN_AGENCY, name, agencies, "Agencies")
            yield subject.error(PLACE, "PD495", words)
    for kind in needed.kinds:
        if kind.number > len(set(kind.names)):
            message = f'"{kind.words(str)}" asks for more than it names. Name the others, or ask for fewer.'
            yield subject.error(PLACE, "PD495", message)
