"""What a case is after one more event: pure, and defined for every event.

`event.apply` says for each event what it changes; the other modules say how, a family of events each. Nothing here
refuses an event or decides what follows from it: what has happened has happened.
"""

from __future__ import annotations

from reviewflow.case.apply.event import apply, fold, opened

__all__ = ["apply", "fold", "opened"]
