"""A case as it is handed over to whoever may ask: its history, what it ran under, what was sent, and proof of all that.

Nothing is made up for it: every file is written from the store, and the manifest has the hash of each. The chain of the
history can be followed by anybody from `events.json` alone: who did it is in the chain by `key`, or where there is none
by name.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from reviewflow.service.cases import find
from reviewflow.service.effects import stamp
from reviewflow.service.errors import UserError
from reviewflow.service.history import Entry, history
from reviewflow.service.letters import recipient_title
from reviewflow.service.office import Office
from reviewflow.store.chain import verify_chain
from reviewflow.store.records import ERASED, CaseRow

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
Row = Sequence[object]
TOLD = (
    "Every fact in the order in which it was recorded: the day it is about, who said so, and when that was recorded "
    "(UTC). Facts are never changed; a mistake is put right by a later one."
)
NAMELESS = (
    f"Facts recorded by {ERASED}: {{}}. Their key in events.json stays, so that it is still proven what was recorded, "
    "when, and which facts are of one person."
)


def disclose(office: Office, reference: str, folder: Path, *, by: str, now: datetime) -> list[Path]:
    """Write the case into a new folder; raises UnknownCase, or UserError when something stands there already."""
    row = find(office, reference)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not an empty folder. Name a new one, so that nothing is mixed up.")
    events = list(office.store.events(reference))
    bad = verify_chain(row, events)
    if bad is not None:
        raise UserError(f"The history of {reference} is not whole from event {bad} on. Run: reviewflow audit")
    files = dict(_files(office, row))
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {
        "case": reference,
        "events": row.number,
        "head": row.head,
        "names_erased": sum(each.by == ERASED for each in events),
        "written_at": stamp(now),
        "written_by": by,
        "files": {name: {"sha256": sums[name], "bytes": len(files[name])} for name in files},
    }
    files[MANIFEST] = _json(manifest)
    sums[MANIFEST] = hashlib.sha256(files[MANIFEST]).hexdigest()
    files[SUMS] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def _files(office: Office, row: CaseRow) -> Iterator[tuple[str, bytes]]:
    entries = list(history(office, row.reference))
    yield "history.md", _in_words(row.reference, entries).encode()
    yield "history.csv", _csv([*(tuple(asdict(each)) for each in entries[:1]), *map(_plain, entries)])
    events = [asdict(each) for each in office.store.events(row.reference)]
    yield "events.json", _json({"case": row.reference, "head": row.head, "events": events})
    yield "definition.json", _json(json.loads(office.plan(row.definition).definition.body))
    yield "messages.csv", _csv(_messages(office, row.reference))
    yield "documents.csv", _csv(_documents(office.papers / row.reference))


def _plain(entry: Entry) -> Row:
    return tuple(asdict(entry).values())


def _in_words(reference: str, entries: Sequence[Entry]) -> str:
    nameless = sum(each.by == ERASED for each in entries)
    lines = [
        f"# History of {reference}",
        "",
        TOLD,
        *(("", NAMELESS.format(nameless)) if nameless else ()),
        "",
        "| No. | About | What | By | Recorded (UTC) |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {each.number} | {each.on} | {_cell(each.words)} | {_cell(each.by)} | {each.recorded_at} |"
        for each in entries
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _messages(office: Office, reference: str) -> Iterator[Row]:
    yield ("Number", "About", "To", "Message", "Subject", "Text", "State", "Written", "Sent", "Detail")
    for each in office.store.notices(reference):
        to = recipient_title(office.partnership, each.recipient)
        yield (
            *(each.number, each.item, to, each.message, each.subject, each.text),
            *(each.status, each.created_at, each.sent_at or "", each.detail),
        )


def _documents(folder: Path) -> Iterator[Row]:
    yield ("Document", "Bytes", "SHA-256")
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.is_file():
            content = path.read_bytes()
            yield (path.name, len(content), hashlib.sha256(content).hexdigest())


def _csv(rows: Iterator[Row] | Sequence[Row]) -> bytes:
    """Text that a spreadsheet would take for a formula is told as text."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([_told(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _told(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
