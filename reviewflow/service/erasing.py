"""Erasing the name of somebody who recorded things. What they recorded stays, and the chain over it still holds."""

from __future__ import annotations

import json
import re
from datetime import datetime

from reviewflow.case.answers import plain_text
from reviewflow.case.plausible import read_reason
from reviewflow.language.problem import listing, suggestion
from reviewflow.service.effects import stamp
from reviewflow.service.errors import UserError
from reviewflow.service.office import Office
from reviewflow.service.retention import legal_holds
from reviewflow.store.records import ERASED, Entry, Traces

KIND = "name_erased"
UNCHANGED = "Nothing was erased."


def erase(office: Office, name: str, reason: str, *, by: str, now: datetime) -> Traces:
    """Empty a name, and say in the office's log that one was; raises UserError or Refused.

    Answers where it stood, and where it still stands.
    """
    why = read_reason(reason)
    _leaves_no_copy(name, why, by)
    traces = office.store.people.traces(name)
    if traces.key is None:
        raise UserError(_not_borne(office, name, traces))
    _is_not_held(office, name)
    said = {"key": traces.key, "facts": traces.keyed, "reason": why}
    entry = Entry(stamp(now), by, KIND, json.dumps(said, ensure_ascii=False, sort_keys=True))
    if not office.store.people.erase(name, entry):
        raise UserError(f"Somebody else erased it at the same moment. {UNCHANGED}")
    return traces


def _leaves_no_copy(name: str, reason: str, by: str) -> None:
    """The office's log stays: what it says of an erasure does not hold the name."""
    if not name.strip():
        raise UserError(f"Whose name? Write it as the history shows it. {UNCHANGED}")
    wanted = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
    if wanted.search(by):
        raise UserError(f"Who erases a name stands in the office's log: somebody else does it (--by). {UNCHANGED}")
    if wanted.search(reason):
        raise UserError(f"The reason stands in the office's log: leave the name out of it. {UNCHANGED}")


def _not_borne(office: Office, name: str, traces: Traces) -> str:
    shown = plain_text(name)
    if traces.plain or traces.elsewhere:
        return f'"{shown}" stands nowhere that it can be erased from. {" ".join(_still(traces))} {UNCHANGED}'
    near = suggestion(name, office.store.people.names())
    return f'Nobody named "{shown}" has recorded anything. Write it as the history shows it.{near} {UNCHANGED}'


def _is_not_held(office: Office, name: str) -> None:
    held = [case for case in office.store.people.cases(name) if case in legal_holds(office)]
    if held:
        are = "is" if len(held) == 1 else "are"
        raise UserError(f"It stands in the history of {listing(held)}, which {are} under a legal hold. {UNCHANGED}")


def erased_words(traces: Traces) -> str:
    """What became of a name, and where it still stands."""
    count = _counted(traces.keyed, "fact")
    told = f"The name is erased. Recorded by {ERASED}: {count}. No chain has changed: reviewflow audit proves it."
    return " ".join([told, *_still(traces)])


def _still(traces: Traces) -> list[str]:
    """Where the name stays."""
    told = []
    if traces.plain:
        older = _counted(traces.plain, "older fact")
        told.append(
            f"The name stays in {older}, from before names could be erased: it is part of what the chain proves."
        )
    if traces.elsewhere:
        where = "in the office's log and the certificates of destruction"
        told.append(f"The name stays in {_counted(traces.elsewhere, 'entry', 'entries')} {where}.")
    return told


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
