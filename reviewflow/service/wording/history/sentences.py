"""Which function says which event: a table over all of them, made from the unions of the families."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from reviewflow.case.model import events
from reviewflow.service.wording.history.cases import case_sentence
from reviewflow.service.wording.history.chasing import chasing_sentence
from reviewflow.service.wording.history.contacts import contact_sentence
from reviewflow.service.wording.history.days import day_sentence
from reviewflow.service.wording.history.keeping import keeping_sentence
from reviewflow.service.wording.history.lines import line_sentence
from reviewflow.service.wording.history.links import link_sentence
from reviewflow.service.wording.history.names import Names
from reviewflow.service.wording.history.rounds import round_sentence
from reviewflow.service.wording.history.work import work_sentence

Sentence = Callable[[Any, Names], str]
"""Each takes the events of its own family, of which the type checker sees that none is forgotten."""

DESCRIBE: Mapping[type[events.Event], Sentence] = {
    kind: sentence
    for family, sentence in (
        (events.CaseEvent, case_sentence),
        (events.LinkEvent, link_sentence),
        (events.WorkEvent, work_sentence),
        (events.LineEvent, line_sentence),
        (events.RoundEvent, round_sentence),
        (events.DateEvent, day_sentence),
        (events.ChasingEvent, chasing_sentence),
        (events.RecordEvent, keeping_sentence),
        (events.ContactEvent, contact_sentence),
    )
    for kind in get_args(family)
}


def event_sentence(event: events.Event, names: Names) -> str:
    """One event as a sentence, or two."""
    return DESCRIBE[type(event)](event, names)
