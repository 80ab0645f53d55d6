"""How long steps took in this office's past cases, and how often they were late: what a forecast hangs on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress

from reviewflow.case.rules.forecast.punctuality import TrackRecord
from reviewflow.store.store import Store

LENGTHS = "usual lengths"
"""Under what name they are kept."""

PUNCTUALITY = "punctuality of owners"
"""Under what name it is kept how punctual each owner of work was."""

Lengths = Mapping[str, Mapping[str, float]]
"""By process and step, in working days of the step's calendar: the median of past cases."""


def kept_lengths(store: Store) -> Lengths:
    """As they were last worked out; none where they never were, or cannot be read."""
    kept = store.last_done().get(LENGTHS)
    with suppress(ValueError, AttributeError, TypeError):
        lengths = json.loads(kept.body) if kept is not None else {}
        return {process: {step: float(days) for step, days in steps.items()} for process, steps in lengths.items()}
    return {}


def kept_punctuality(store: Store) -> Mapping[str, TrackRecord]:
    """By who owed the work, how much of it was late; none where that was never worked out, or cannot be read."""
    kept = store.last_done().get(PUNCTUALITY)
    with suppress(ValueError, AttributeError, TypeError):
        counted = json.loads(kept.body) if kept is not None else {}
        return {owner: TrackRecord(*(int(number) for number in record)) for owner, record in counted.items()}
    return {}
