"""Erasing a name or a mailbox. What was recorded and sent stays, and the chain over it still holds."""

from __future__ import annotations

import json
import re
from datetime import datetime

from reviewflow.case.model.snapshot import load
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import read_screened_reason
from reviewflow.language.suggestions import suggestion
from reviewflow.london import stamp
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import ERASED, LogEntry, Traces
from reviewflow.text import listing

NAME, ADDRESS = "name_erased", "address_erased"
"""What the office's log tells of it, without what was erased."""
UNCHANGED = "Nothing was erased."


def erase(workspace: Workspace, name: str, reason: str, *, by: str, now: datetime) -> Traces:
    """Empty a name or a mailbox, and say in the office's log that one was; raises UserError or Refused.

    Answers where it stood, and where it still stands.
    """
    why = read_screened_reason(reason)
    _leaves_no_copy(name, why, by)
    people = workspace.store.people
    traces = people.traces(name)
    if not traces.keys and not traces.letters:
        raise UserError(_not_borne(workspace, name, traces))
    _is_under_no_legal_hold(workspace, name)
    done = False
    if traces.keys:
        noted = {"keys": traces.keys, "facts": traces.keyed, "reason": why}
        done = people.erase(name, traces.keys, _entry(NAME, noted, by, now))
    if traces.letters:
        noted = {"letters": traces.letters, "reason": why}
        done = people.erase_address(name, _entry(ADDRESS, noted, by, now)) or done
    if not done:
        raise UserError(f"Somebody else erased it at the same moment. {UNCHANGED}")
    return traces


def _entry(kind: str, noted: dict[str, object], by: str, now: datetime) -> LogEntry:
    return LogEntry(stamp(now), by, kind, json.dumps(noted, ensure_ascii=False, sort_keys=True))


def _leaves_no_copy(name: str, reason: str, by: str) -> None:
    """The office's log stays: what it says of an erasure does not hold the name."""
    if not name.strip():
        raise UserError(f"Whose name? Write it as the history shows it. {UNCHANGED}")
    pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
    if pattern.search(by):
        raise UserError(f"Who erases a name stands in the office's log: somebody else does it (--by). {UNCHANGED}")
    if pattern.search(reason):
        raise UserError(f"The reason stands in the office's log: leave the name out of it. {UNCHANGED}")


def _not_borne(workspace: Workspace, name: str, traces: Traces) -> str:
    shown, still = plain_text(name), still_there(workspace, name, traces)
    if still:
        return f'"{shown}" stands nowhere that it can be erased from. {" ".join(still)} {UNCHANGED}'
    near = suggestion(name, workspace.store.people.names())
    return f'Nobody named "{shown}" has recorded anything. Write it as the history shows it.{near} {UNCHANGED}'


def _is_under_no_legal_hold(workspace: Workspace, name: str) -> None:
    borne = workspace.store.people.cases(name)
    rows = workspace.store.load_these(borne) if borne else []
    kept_for = [row.reference for row in rows if load(row.reference, row.state).kept_for]
    if kept_for:
        are = "is" if len(kept_for) == 1 else "are"
        raise UserError(f"It stands in the history of {listing(kept_for)}, which {are} under a legal hold. {UNCHANGED}")


def erased_words(workspace: Workspace, name: str, traces: Traces) -> str:
    """What became of a name, and where it still stands."""
    sentences = []
    if traces.keys:
        count = _counted(traces.keyed, "fact")
        sentences.append(
            f"The name is erased. Recorded by {ERASED}: {count}. No chain has changed: reviewflow audit proves it."
        )
    if traces.elsewhere:
        entries = _counted(traces.elsewhere, "entry", "entries")
        sentences.append(f"It is gone from {entries} of the office's log and the certificates of destruction too.")
    if traces.letters:
        sentences.append(f"The mailbox is erased from {_counted(traces.letters, 'letter')} that went to it.")
    return " ".join([*sentences, *still_there(workspace, name, traces)])


def still_there(workspace: Workspace, name: str, traces: Traces) -> list[str]:
    """Where the name stays."""
    sentences = []
    if traces.plain:
        older = _counted(traces.plain, "older fact")
        sentences.append(
            f"The name stays in {older}, from before names could be erased: it is part of what the chain proves."
        )
    if traces.words:
        places = _counted(traces.words, "fact or message", "facts and messages")
        sentences.append(f"It stays in the words of {places}, which are kept as they were written and sent.")
    partnership = workspace.folder / "partnership.yaml"
    if partnership.is_file() and name.strip().lower() in partnership.read_text("utf-8", errors="replace").lower():
        sentences.append("It stands in partnership.yaml: put the successor there, or it will be written to again.")
    return sentences


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
