"""What people type into a command, screened before anything is decided of it: one place for every command."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import get_args

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.form_answers import free_texts, read_answers
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH, plain_text
from reviewflow.language.structure.registers import as_brought_in
from reviewflow.privacy import screen, why_not_kept

_CHOSEN = "chosen among what the process, the case and the partnership name; anything else is refused"
_WRITTEN_HERE = "written by the program, never by a person"
NOT_SCREENED: Mapping[str, str] = {
    "agencies": _CHOSEN,
    "agency": _CHOSEN,
    "by_role": _CHOSEN,
    "calendar": _CHOSEN,
    "contact": _CHOSEN,
    "dates": _CHOSEN,
    "effect": _CHOSEN,
    "ending": _CHOSEN,
    "hold": _CHOSEN,
    "item": _CHOSEN,
    "kind": _CHOSEN,
    "limit": _CHOSEN,
    "name": _CHOSEN,
    "new": _CHOSEN,
    "old": _CHOSEN,
    "step": _CHOSEN,
    "table": _CHOSEN,
    "times": _CHOSEN,
    "message": _WRITTEN_HERE,
    "passed_to": _WRITTEN_HERE,
    "reported_to": _WRITTEN_HERE,
    "to": _WRITTEN_HERE,
    "why": _WRITTEN_HERE,
    "ChangeLine.answers": "screened question by question as they are read, by the kind of each",
    "Complete.answers": "screened question by question as they are read, by the kind of each",
    "Migrate.answers": "stand in the history already",
    "RecordLed.steps": _CHOSEN,
    "RecordLed.reference": _WRITTEN_HERE,
    "RecordLinkedFrom.reference": _WRITTEN_HERE,
    "RecordOver.reference": _WRITTEN_HERE,
    "RecordSettled.settled": _CHOSEN,
    "RecordStarted.reference": _WRITTEN_HERE,
    "RecordLinkedFrom.treated": _CHOSEN,
    "RecordTreated.reference": _WRITTEN_HERE,
    "RecordUnlinkedFrom.reference": _WRITTEN_HERE,
    "RecordVerified.answers": "screened in the case in which they were given",
    "RecordVerified.reference": _WRITTEN_HERE,
    "ReopenWith.reason": "screened in the case in which it was given",
    "ReopenWith.reference": _WRITTEN_HERE,
    "TakeOver.answers": "screened in the case in which they were given",
    "TakeOver.reference": _WRITTEN_HERE,
    "TakeOver.sent": _CHOSEN,
}
"""Fields of commands that hold words and are not screened, each with its reason."""
_WHAT = {
    "because": "The reason",
    "matter": "What the hold is for",
    "note": "The note",
    "origin": "Where it comes from",
    "reason": "The reason",
    "reference": "The reference",
    "requested_by": "Who asked for it",
}
"""What a field holds, for people."""
NAME_NOBODY = "Say why, in words that name nobody."


def typed_texts(command: c.Command) -> Iterator[tuple[str, str]]:
    """Each text of a command that somebody typed, after what it is: 'The reason'."""
    for name in _SCREENED[type(command)]:
        text = getattr(command, name)
        if isinstance(text, str):
            yield _WHAT.get(name, name), plain_text(text)


def _screened(kind: type) -> tuple[str, ...]:
    names = (field.name for field in fields(kind))
    return tuple(name for name in names if NOT_SCREENED.keys().isdisjoint((name, f"{kind.__name__}.{name}")))


_SCREENED = {kind: _screened(kind) for kind in get_args(c.Command)}
"""The fields of each kind of command that may hold words to be screened."""


def refuse_identifying(command: c.Command) -> None:
    """Raises Refused when a text of a command is too long to be kept, or seems to hold what could identify a child."""
    wrong = [f"{what}: {problem}" for what, text in typed_texts(command) if (problem := _problem(text))]
    if wrong:
        raise Refused(wrong, NAME_NOBODY)


def refuse_too_long(command: c.Command) -> None:
    """Raises Refused when a text of a command is too long to be kept."""
    wrong = [f"{what}: {problem}" for what, text in typed_texts(command) if (problem := _too_long(text))]
    if wrong:
        raise Refused(wrong, "Say it shorter.")


def _problem(text: str) -> str | None:
    return (_too_long(text) or why_not_kept(text)) if text else None


def _too_long(text: str) -> str | None:
    return f"{len(text)} characters; at most {NOTE_LENGTH} fit." if len(text) > NOTE_LENGTH else None


def sightings(plan: Plan, command: c.Command, agencies: Collection[str]) -> tuple[str, ...]:
    """What would be refused in a command, in words that repeat none of it: 'a postcode in "The reason"'.

    `agencies` are those of the case: a line that names one is read as a whole.
    """
    texts = [*typed_texts(command), *_answered(plan, command, agencies)]
    return tuple(f'{seen.kind.words} in "{what}"' for what, text in texts if (seen := screen(text)))


def _answered(plan: Plan, command: c.Command, agencies: Collection[str]) -> Iterator[tuple[str, str]]:
    if isinstance(command, c.Complete) and step_of(command.item) in plan.steps:
        asked = plan.form(step_of(command.item))
        form = as_brought_in(asked) if command.brought_in else asked
        yield from free_texts(form, read_answers(form, command.answers, agencies, vouched=True)[0])
    if isinstance(command, c.ChangeLine):
        columns = plan.columns(command.table)
        yield from free_texts(columns, read_answers(columns, command.answers, agencies, vouched=True)[0])


@lru_cache(maxsize=256)
def read_who(by: str) -> str:
    """The name of who acts, as it may stand in the history; raises Refused when it is too long or may identify a child.

    Nobody can say of it that it is no such thing: a post and an agency are enough. The same few act all day, so whoever
    was let through is not read again.
    """
    name = plain_text(by)
    if len(name) > REFERENCE_LENGTH:
        wrong = f"{len(name)} characters; at most {REFERENCE_LENGTH} fit."
    else:
        wrong = why_not_kept(name) or ""
    if wrong:
        raise Refused([f"Who acts: {wrong}"], "Name a post and an agency: Business manager, Northmoor.")
    return name
