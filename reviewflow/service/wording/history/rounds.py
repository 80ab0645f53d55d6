"""The sentences of events about steps that come again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import assert_never

from reviewflow.case.model import events
from reviewflow.service.wording.history.names import Names
from reviewflow.service.wording.rounds import round_words
from reviewflow.text import day_words, listing


def round_sentence(event: events.RoundEvent, names: Names) -> str:
    """A round that opens or ends."""
    match event:
        case events.RoundOpened(item, due=due, at=at):
            return f"Comes again: {names.with_days({item: due}, _by(item, at))}."
        case events.OwedAfterRound(item, _, done, due=due, at=at):
            return f"Owed after the round of {day_words(done)}: {names.with_days({item: due}, _by(item, at))}."
        case events.RoundsEnded(items):
            return f"Comes no more: {names.titles(items)}."
        case events.RoundsStopped(done=done):
            return _stopped(event, names, done)
        case events.RoundsDropped():
            return _stopped(event, names, {})
        case _:
            assert_never(event)


def _by(item: str, at: time | None) -> Mapping[str, time]:
    return {item: at} if at is not None else {}


def _stopped(event: events.RoundsStopped | events.RoundsDropped, names: Names, done: Mapping[str, date]) -> str:
    rounds = (
        f"{names.title(item)} ({round_words(event.times.get(item), done.get(item), event.due.get(item))})"
        for item in event.items
    )
    return f"Not needed any more: {listing(rounds, last='and')}."
