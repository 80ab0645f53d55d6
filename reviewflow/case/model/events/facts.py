"""All kinds of event as one union, and by the name under which each is stored."""

from __future__ import annotations

import typing
from collections.abc import Mapping

from reviewflow.case.model.events.cases import CaseEvent
from reviewflow.case.model.events.chasing import ChasingEvent
from reviewflow.case.model.events.contacts import ContactEvent
from reviewflow.case.model.events.days import DateEvent
from reviewflow.case.model.events.keeping import RecordEvent
from reviewflow.case.model.events.lines import LineEvent
from reviewflow.case.model.events.links import LinkEvent
from reviewflow.case.model.events.rounds import RoundEvent
from reviewflow.case.model.events.work import WorkEvent

Event = (
    CaseEvent | LinkEvent | WorkEvent | LineEvent | RoundEvent | DateEvent | ChasingEvent | RecordEvent | ContactEvent
)

KINDS: Mapping[str, type[Event]] = {kind.KIND: kind for kind in typing.get_args(Event)}
"""What is stored as an event's kind never changes, whatever its class is called."""
