"""A folder of definitions released: staged when asked for, taken over when agreed, and in the office's log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from reviewflow.london import read_stamp, stamp
from reviewflow.service.publishing.changes import FolderChanges, changes
from reviewflow.service.publishing.folders import UNCHANGED, digest_of, on_shelf, put_on_shelf, take_over
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry
from reviewflow.text import moment_words

BEGUN, PUBLISHED = "publishing", "published"
"""Kinds of entries: before the folder is exchanged, and after; one without the other tells of an interruption."""
LEASE, LONGEST = "publishing", timedelta(minutes=10)
SHORT = 12
"""Figures of a digest that are enough between people."""


@dataclass(frozen=True, slots=True)
class TakenOverFolder:
    """A folder that was taken over."""

    at: str
    by: str
    digest: str
    before: str
    """The digest of the folder that it took the place of."""
    what: str
    """In short what it changed."""


def publications(workspace: Workspace) -> list[TakenOverFolder]:
    """Every one, oldest first."""
    return [TakenOverFolder(entry.at, entry.by, **json.loads(entry.body)) for entry in workspace.store.noted(PUBLISHED)]


def stage(workspace: Workspace, source: Path, *, wanted: str = "") -> FolderChanges:
    """Look through a folder and keep a copy beside the office's, to be released; says what it would change.

    Raises DefinitionError with all that is wrong, UserError where it is not the folder that is `wanted`, changes
    nothing, or cannot be exchanged.
    """
    _refuse_place(workspace.folder, source)
    if wanted and not (len(wanted) >= SHORT and digest_of(source).startswith(wanted.lower())):
        raise UserError(
            f"{source} is not the folder that was previewed: its digest is {digest_of(source)[:SHORT]}, and "
            f"{wanted[:64]!a} was asked for. {UNCHANGED}"
        )
    found = changes(workspace, source)
    if not found.files:
        raise UserError(f"{source} says what the office's folder says already. {UNCHANGED}")
    if put_on_shelf(source, workspace.folder) != found.digest:
        raise UserError(f"{source} was changed while it was looked through. {UNCHANGED} Say it again.")
    return found


def release(workspace: Workspace, digest: str, *, by: str, now: datetime) -> str:
    """Let the office's folder be the one that was staged under this digest; says what was done.

    It is looked through once more, as cases may have been opened since. Raises DefinitionError or UserError; then
    nothing was changed. Said again after an interruption, it goes on.
    """
    other = workspace.store.take_lease(LEASE, digest, stamp(now), stamp(now + LONGEST))
    if other:
        until = moment_words(read_stamp(other.until))
        raise UserError(
            f"Another folder is being published, or was broken off: say it again after {until}. {UNCHANGED}"
        )
    try:
        return _release(workspace, digest, by=by, now=now)
    finally:
        workspace.store.end_lease(LEASE, digest)


def _release(workspace: Workspace, digest: str, *, by: str, now: datetime) -> str:
    complete_interrupted(workspace, now=now)
    staged = on_shelf(workspace.folder, digest)
    found = changes(workspace, staged)
    if not found.files:
        return f"The office's folder is {digest[:SHORT]} already."
    body = {"digest": digest, "before": found.before, "what": found.short}
    workspace.store.note(LogEntry(stamp(now), by, BEGUN, json.dumps(body, ensure_ascii=False)))
    take_over(workspace.folder, digest)
    workspace.store.note(LogEntry(stamp(now), by, PUBLISHED, json.dumps(body, ensure_ascii=False)))
    return f"Published: {found.short}. The folder is {digest[:SHORT]}. The way back: reviewflow publish --back"


def complete_interrupted(workspace: Workspace, *, now: datetime) -> None:
    """Note that a folder was published whose exchange was done by somebody who was then interrupted."""
    begun, done = workspace.store.noted(BEGUN), workspace.store.noted(PUBLISHED)
    if len(begun) > len(done):
        last = begun[-1]
        was_done = json.loads(last.body)["digest"] == digest_of(workspace.folder)
        if was_done and (not done or done[-1].body != last.body):
            workspace.store.note(LogEntry(stamp(now), last.by, PUBLISHED, last.body))


def the_way_back(workspace: Workspace) -> Path:
    """The folder that the one of today took the place of; raises UserError where none was, or it is gone."""
    today = digest_of(workspace.folder)
    before = next((one.before for one in reversed(publications(workspace)) if one.digest == today), None)
    if before is None:
        raise UserError(
            f"The office's folder ({today[:SHORT]}) is none that was published, so that there is no way back from it. "
            f"{UNCHANGED} What was published: reviewflow publish"
        )
    return on_shelf(workspace.folder, before)


def _refuse_place(folder: Path, source: Path) -> None:
    target, given = folder.resolve(), source.resolve()
    if given == target:
        raise UserError(f"{source} is the office's own folder. Name the one that takes its place. {UNCHANGED}")
    if (target / ".git").exists():
        raise UserError(
            f"{folder} is a checkout of git, which publishing would put aside. Publish with git there, or name a plain "
            f"folder in REVIEWFLOW_DEFINITIONS. {UNCHANGED}"
        )
