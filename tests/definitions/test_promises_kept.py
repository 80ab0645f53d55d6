"""What a letter says that the office sends by secure message, somebody of the office is asked to send."""

import re
from collections.abc import Iterator

import pytest

from reviewflow.language.definition import Definition, define
from reviewflow.language.model import Step
from tests.shipped import library

SHIPPED = library()
SECURE = re.compile(r"secure message", re.IGNORECASE)
PAPERS_OF_A_MEETING = frozenset({"meeting_invitation", "decision_planned", "terms_planned", "lead_planned"})
"""Letters whose papers come with the meeting or the decision itself, for which a step of its own asks."""
AT_ONCE = frozenset({"risk_raised", "publication_near"})
"""Of a risk nothing waits; of the last days before publication the report goes with what is prepared for the day."""


def announced(definition: Definition) -> Iterator[str]:
    """The steps that send a letter which says that something comes by secure message."""
    for name, step in definition.process.steps.items():
        sent = step.send
        if (
            sent is not None
            and sent not in PAPERS_OF_A_MEETING | AT_ONCE
            and SECURE.search(definition.messages[sent].text)
        ):
            yield name


def sends(definition: Definition, name: str, step: Step) -> bool:
    """Whether somebody of the partnership is asked in this step whether a secure message has gone."""
    words = [step.title, step.help or "", *(asked.label for asked in definition.step_forms.get(name, {}).values())]
    return step.owner is not None and step.for_each is None and bool(SECURE.search(" ".join(words)))


def asked_of_somebody(definition: Definition, letter: str) -> bool:
    steps = definition.process.steps
    before = set(steps[letter].after) or {name for name, step in steps.items() if not step.after}
    beside = {name for name, step in steps.items() if letter in step.after} | before
    return any(sends(definition, name, steps[name]) for name in beside)


@pytest.mark.parametrize("process", sorted(SHIPPED.processes))
def test_a_secure_message_that_a_letter_announces_is_asked_of_somebody(process: str) -> None:
    definition = define(SHIPPED, process)
    assert [letter for letter in announced(definition) if not asked_of_somebody(definition, letter)] == []


def test_letters_announce_secure_messages_at_all() -> None:
    assert sum(len(list(announced(define(SHIPPED, process)))) for process in SHIPPED.processes) > 20
