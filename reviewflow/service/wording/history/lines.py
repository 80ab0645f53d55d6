"""The sentences of events about the lines of a table that grows."""

from __future__ import annotations

from reviewflow.case.model import events
from reviewflow.case.model.ids import step_of
from reviewflow.service.wording.answers import answers_words
from reviewflow.service.wording.history.names import Names, inline


def line_sentence(event: events.LineEvent, names: Names) -> str:
    """'Enter the complaints: line 2 of “What came” was added (By whom: Police).', or what became of that line."""
    asked = names.definition.recorded(step_of(event.item)).get(event.question)
    table = f"“{asked.label.rstrip('?.') if asked is not None else event.question.replace('_', ' ')}”"
    line = f"{names.title(event.item)}: line {event.number} of {table}"
    if isinstance(event, events.LineWithdrawn):
        return f"{line} was withdrawn, because {inline(event.reason)}."
    says = answers_words(event.line, asked.columns if asked is not None else {}, names.person)
    if isinstance(event, events.LineAdded):
        return f"{line} was added ({says})."
    return f"{line} says from now on: {says}. It was changed because {inline(event.reason)}."
