"""The events of a case's history. Small frozen values, stored as JSON, never changed afterwards.

A new one: its class and its family's union in one module here, what it does to a case in `apply`, its words in the
history. Nothing else names it; the type checker finds what is missing.
"""

from __future__ import annotations

from reviewflow.case.model.events.cases import *  # noqa: F403 - an event is named where it is declared, and nowhere again
from reviewflow.case.model.events.chasing import *  # noqa: F403
from reviewflow.case.model.events.coding import decode, encode
from reviewflow.case.model.events.contacts import *  # noqa: F403
from reviewflow.case.model.events.days import *  # noqa: F403
from reviewflow.case.model.events.facts import KINDS, Event
from reviewflow.case.model.events.holds import *  # noqa: F403
from reviewflow.case.model.events.keeping import *  # noqa: F403
from reviewflow.case.model.events.lines import *  # noqa: F403
from reviewflow.case.model.events.links import *  # noqa: F403
from reviewflow.case.model.events.rounds import *  # noqa: F403
from reviewflow.case.model.events.work import *  # noqa: F403

__all__ = ["KINDS", "Event", "decode", "encode"]
