"""What a document may carry: the fields of messages, and tables. Nothing in it can identify a child."""

from __future__ import annotations

from reviewflow.language.templates import FIELDS

TABLES: dict[str, str] = {
    "timetable": "every step and limit with its day",
    "agencies": "the agencies that take part",
    "open_steps": "what is owed now, by whom and by when",
}
DOCUMENT_FIELDS: dict[str, str] = {**FIELDS, **TABLES}
