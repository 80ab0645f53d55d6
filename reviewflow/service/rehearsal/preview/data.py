"""A timetable as data for other programs, and as the lines of a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date

from reviewflow.service.rehearsal.chases import PreviewedLetter
from reviewflow.service.rehearsal.preview.words import KINDS, chases, notes
from reviewflow.service.rehearsal.timetables.timetable import Timetable
from reviewflow.text import clock_words, unlike_formula

COLUMNS = ("date", "time", "weekday", "kind", "what", "who", "counted", "message", "provisional", "note")


def as_data(timetable: Timetable) -> Mapping[str, object]:
    """For other programs: plain values, with days and moments not yet written as text."""
    return {
        "process": timetable.process,
        "version": timetable.version,
        "title": timetable.title,
        "dates": {name: day for name, _, day in timetable.dates},
        "agencies": timetable.agencies,
        "timetable": [asdict(row) for row in timetable.rows],
        "messages": [_letter(letter) for letter in timetable.chases],
        "would_follow": [_letter(letter) for letter in timetable.would_follow],
        "answers": [dict(zip(("step", "question", "answer"), answer, strict=True)) for answer in timetable.answers],
        "assumed_answers": timetable.assumed_answers,
        "not_needed": timetable.not_needed,
        "owed_in_vain": timetable.owed_in_vain,
        "notes": notes(timetable),
    }


def _letter(letter: PreviewedLetter) -> Mapping[str, object]:
    return {
        "when": letter.when,
        "name": letter.name,
        "title": letter.title,
        "message": letter.message,
        "to": letter.to,
        "items": letter.items,
        "by_itself": letter.by_itself,
    }


def as_csv(timetable: Timetable) -> str:
    """Lines that spreadsheets read: dates with the year first, nothing that they could take for a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in (*_rows(timetable), *_messages(timetable)):
        writer.writerow(map(unlike_formula, line))
    return sheet.getvalue()


def _rows(timetable: Timetable) -> Iterator[tuple[str, ...]]:
    for row in timetable.rows:
        until = f"until {row.until.isoformat()}" if row.until and row.until != row.day else ""
        note = "; ".join(filter(None, (until, row.note)))
        marks = ("yes" if row.provisional else "", note)
        yield (*_day(row.day), KINDS[row.kind], row.title, row.who, row.rule, "", *marks)


def _messages(timetable: Timetable) -> Iterator[tuple[str, ...]]:
    for kind, letters in (("Chase", chases(timetable)), ("Chase if nothing comes", timetable.would_follow)):
        for letter in letters:
            day, _, weekday = _day(letter.when.date())
            yield (
                day,
                clock_words(letter.when.time()),
                weekday,
                kind,
                letter.title,
                letter.whom,
                "",
                letter.message,
                "",
                "",
            )


def _day(day: date) -> tuple[str, str, str]:
    return day.isoformat(), "", f"{day:%a}"
