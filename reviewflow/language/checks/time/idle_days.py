"""PD526: a due day on a step that happens by itself at once, and of which nothing tells the day."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import DocumentFormat, Step
from reviewflow.language.problem import Problem
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.templates import named

TELL_THE_DAY = frozenset({"due", "days", "next"})
"""Fields that are filled from the day of the step that a text is about."""


def check(subject: Subject) -> Iterator[Problem]:
    told_of = {step.about for step in subject.steps.values()}
    for name, step in subject.steps.items():
        by_itself = step.send or step.start or step.set or step.run or step.make
        if step.due is None or step.owner is not None or not by_itself or contact_written_to(step):
            continue
        if name not in told_of and not _tells_its_own(subject, step):
            yield subject.key_warning(("steps", name, "due"), "PD526", _message(name, step))


def _tells_its_own(subject: Subject, step: Step) -> bool:
    """Whether what it sends or makes tells its day; taken for granted of what cannot be read here."""
    if step.about is not None:
        return False
    if step.send is not None:
        message = subject.library.messages.get(step.send)
        if message is None:
            return True
        wordings = message.model.wordings.values()
        return any(TELL_THE_DAY & named(f"{words.subject}\n{words.text}") for words in wordings)
    document = subject.library.documents.get(step.make or "")
    if document is None:
        return step.make is not None
    model = document.model
    whole = model.template is not None or DocumentFormat.CALENDAR in model.formats
    return whole or bool(TELL_THE_DAY & named(model.text or ""))


def _message(name: str, step: Step) -> str:
    does = "it goes out" if step.send else "it happens"
    return (
        f'"{name}" waits for no day: {does} as soon as what stands before it is settled, and nothing tells this day. '
        f"Take due out. To have it later, let it come after a step that waits for the day: wait: {step.due}."
    )
