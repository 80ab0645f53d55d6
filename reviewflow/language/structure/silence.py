"""What silence means in a step: the words of the file, and the questions that it answers."""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.calendar import Span
from reviewflow.language.model import Silence, Step

AGREED = "agreed"
"""The one meaning that counts towards a quorum."""

NO_ANSWER = "no answer"
"""Silence that is nothing but silence: nobody need be told what it counts as."""


def silence_meaning(step: Step) -> str:
    """What silence counts as, such as 'agreed' or 'declined'; '' where the step waits for an answer for ever."""
    match step.silence:
        case None:
            return ""
        case Silence(counts_as=words):
            return words
        case phrase:
            return phrase.removeprefix("counts as ")


def silence_answers(step: Step) -> Mapping[str, str]:
    """The questions of the step's form that silence answers, each with its answer."""
    return (step.silence.answers or {}) if isinstance(step.silence, Silence) else {}


def counts_after_due(step: Step) -> Span | None:
    """How long after the due day silence counts; None where it counts with the due day."""
    return step.silence.on if isinstance(step.silence, Silence) else None
