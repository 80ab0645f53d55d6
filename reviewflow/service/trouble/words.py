"""Troubles as sentences for people: what could not be done, since when, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.case.model.refusal import Refused
from reviewflow.london import read_stamp
from reviewflow.service.trouble.boundary import is_whole
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Trouble
from reviewflow.text import moment_words

FAILED: Mapping[str, str] = {
    "own files": "{what} cannot be used, so that what it last said soundly is used instead",
    "look ahead": "The days of {what} could not be looked at",
    "late requests": "A request in {what} could not be written anew",
    "calendars": "The days of {what} could not be counted anew after the calendars had changed",
    "chase": "{what} could not be chased",
    "automatic steps": "What {what} asks for could not be done",
    "digests": "The digest of {what} could not be made",
    "letters": "{what} could not be sent",
    "bounces": "{what} could not be dealt with",
    "sweep": "{what} could not be done",
    "board": "What the board says of {what} could not be written",
    "seal": "{what} could not be sealed, so that no proof covers it",
    "show": "{what} could not be shown in Prefect",
}
"""By part of the work."""
NAMED: Mapping[str, str] = {
    "case": "{key}",
    "item": "{key}",
    "file": "the file {key}",
    "part": "the part of the sweep that is called {key}",
    "job": "automatic step number {key}",
    "message": "Message {key}",
    "sent": "That message {key} was sent, which its history should say: it",
    "letter": "What came back of letter {key}",
    "digest": "{key}",
    "row": "the row {key} of the database",
    "mail": "Mail {key} in the mailbox that mail comes back to",
}
REMEDIES: Mapping[str, str] = {
    "case": "look at it with reviewflow audit; chase by hand in this case until it is put right",
    "item": "look at the case with reviewflow audit; ask for it by hand until it is put right",
    "part": "look at the definitions with reviewflow check and at the database with reviewflow audit",
    "file": "see what is wrong with it, and put it right: reviewflow check",
    "job": "reviewflow why, with this case and its step, says what was refused; look at the step with reviewflow "
    "check, reviewflow audit; do by hand what is urgent; a case that cannot be opened is gone on without by "
    "reviewflow skip, with its step or its ending",
    "message": "read it with reviewflow outbox, and ring whom it is for",
    "sent": "look at the case with reviewflow audit; the message itself has gone",
    "letter": "see what is in it with reviewflow outbox, and ring whom it was for",
    "digest": "look at the database with reviewflow audit; read reviewflow due instead",
    "row": "a row was damaged: see which with reviewflow audit, and compare with the last backup that is whole",
    "mail": "open the mailbox and read it there: the mail is flagged, and nothing of it was lost",
}


MOST = 20
"""How many troubles a digest tells one by one."""


def trouble_lines(workspace: Workspace) -> Iterator[str]:
    """A sentence for each place at which something could not be done; the first of them, where there are many."""
    troubles = [trouble for trouble in workspace.store.troubles() if is_whole(trouble)]
    for trouble in troubles[:MOST]:
        yield f"{trouble_words(trouble)} ({times_words(trouble)}). What to do: {remedy(trouble)}."
    if len(troubles) > MOST:
        yield f"{len(troubles) - MOST} more could not be done. See all: reviewflow doctor"


def set_aside_words(workspace: Workspace) -> str:
    """'2 set aside: reviewflow doctor says what'; '' when nothing is."""
    number = len(workspace.store.troubles())
    return f"{number} set aside: reviewflow doctor says what" if number else ""


def trouble_words(trouble: Trouble, refused: str = "") -> str:
    """What could not be done, and why, without its full stop; `check` says what is wrong in a file.

    `refused` says what the rules refuse, where whoever reads it may know; else only that they do.
    """
    what = NAMED.get(trouble.kind, "{key}").format(key=trouble.key)
    failed = FAILED.get(trouble.part, f"{{what}} ({trouble.part}) failed").format(what=what)
    why = "" if trouble.kind == "file" else f": {refused or _why(trouble)}"
    return f"{failed[:1].upper()}{failed[1:]}{why}"


def _why(trouble: Trouble) -> str:
    """The class of a fault and its place, for whoever mends it; a refusal is no fault of the program's."""
    return "it was refused" if trouble.what.split(" in ")[0] == Refused.__name__ else trouble.what


def times_words(trouble: Trouble) -> str:
    """Since when, how often it was tried, and when it is again, without its full stop."""
    tries = "tried once" if trouble.tries == 1 else f"tried {trouble.tries} times"
    return f"since {_moment(trouble.since)}, {tries}, again {_moment(trouble.next_try)}"


def remedy(trouble: Trouble) -> str:
    """What to do, as the middle of a sentence."""
    return REMEDIES.get(trouble.kind, "look at it with reviewflow audit")


def _moment(text: str) -> str:
    return moment_words(read_stamp(text))
