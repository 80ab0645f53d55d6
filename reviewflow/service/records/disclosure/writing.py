"""A case written into a folder: pages to read, tables to work with, its papers, and what proves all that.

Nothing is made up for it: every file is written from the store, and the manifest has the hash of each. The chain of the
history can be followed by anybody from `events.json` alone: who did it is in the chain by `key`, or where there is none
by name; `people.csv` has what proves whose key it is.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import find
from reviewflow.service.records.disclosure.gathering import Disclosure, gather
from reviewflow.service.records.disclosure.pages import definition_page, history_page, index_page, messages_page
from reviewflow.service.views.history import HistoryEntry
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.chain import verify_chain
from reviewflow.store.records import ERASED
from reviewflow.text import unlike_formula
from reviewflow.writing import new_folder, write_whole

INDEX, MANIFEST, SUMS, PAPERS = "index.html", "manifest.json", "SHA256SUMS", "papers"
Row = Sequence[object]


def disclose(workspace: Workspace, reference: str, folder: Path, *, by: str, now: datetime) -> list[Path]:
    """Write the case into a new folder; raises UnknownCase, or UserError when something stands there already."""
    row = find(workspace, reference)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not an empty folder. Name a new one, so that nothing is mixed up.")
    bad = verify_chain(row, workspace.store.events(reference))
    if bad is not None:
        raise UserError(f"The history of {reference} is not whole from event {bad} on. Run: reviewflow audit")
    disclosure = gather(workspace, row, by=by, now=now)
    files = dict(_files(disclosure))
    files[INDEX] = index_page(disclosure, _sums(files)).encode()
    files[MANIFEST] = _json(_manifest(disclosure, files))
    files[SUMS] = "".join(f"{digest}  {name}\n" for name, digest in _sums(files).items()).encode()
    with new_folder(folder):
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, content)
    return [folder / name for name in files]


def _sums(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _manifest(disclosure: Disclosure, files: Mapping[str, bytes]) -> dict[str, object]:
    sums = _sums(files)
    return {
        "case": disclosure.row.reference,
        "events": disclosure.row.number,
        "head": disclosure.row.head,
        "names_erased": disclosure.nameless,
        "written_at": stamp(disclosure.now),
        "written_by": disclosure.by,
        "files": {name: {"sha256": sums[name], "bytes": len(files[name])} for name in files},
    }


def _files(disclosure: Disclosure) -> Iterator[tuple[str, bytes]]:
    entries = disclosure.entries
    yield "history.html", history_page(disclosure).encode()
    yield "messages.html", messages_page(disclosure).encode()
    yield "definition.html", definition_page(disclosure).encode()
    for version in disclosure.versions:
        yield version.file, _json(json.loads(version.definition.body))
    yield "history.csv", _csv([*(tuple(asdict(entry)) for entry in entries[:1]), *map(_plain, entries)])
    yield "messages.csv", _csv(_messages(disclosure))
    yield "people.csv", _csv(_people(disclosure))
    events = [asdict(event) for event in disclosure.events]
    yield "events.json", _json({"case": disclosure.row.reference, "head": disclosure.row.head, "events": events})
    for path in disclosure.papers:
        yield f"{PAPERS}/{path.name}", path.read_bytes()


def _plain(entry: HistoryEntry) -> Row:
    return tuple(asdict(entry).values())


def _messages(disclosure: Disclosure) -> Iterator[Row]:
    yield (
        "Number",
        "Letter",
        "About",
        "To",
        "Message",
        "Subject",
        "Text",
        "What became of it",
        "Written",
        "Sent",
        "First written as",
    )
    for message in disclosure.messages:
        notice = message.notice
        yield (
            *(
                notice.number,
                notice.letter or "",
                message.about,
                message.to,
                notice.message,
                message.subject,
                message.text,
            ),
            *(message.became, notice.created_at, notice.sent_at or "", message.first_text),
        )


def _people(disclosure: Disclosure) -> Iterator[Row]:
    yield ("Name", "Key", "Salt")
    for person in disclosure.people:
        yield (person.name or ERASED, person.key, person.salt or "")


def _csv(rows: Iterable[Row]) -> bytes:
    """Text that a spreadsheet would take for a formula is told as text."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _guarded(cell: object) -> object:
    return unlike_formula(cell) if isinstance(cell, str) else cell


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
