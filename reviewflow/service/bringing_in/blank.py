"""A workbook to fill in with the past of running cases of one process, and a page that says how."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reviewflow.case.plan.plan import Plan
from reviewflow.language.definition import Definition
from reviewflow.language.form_words import bounds_words, forbidden_words, needed_words
from reviewflow.language.model import FieldType, FormField, FormFields, Partnership
from reviewflow.language.structure.outside import bodies
from reviewflow.service.bringing_in.columns import AGENCIES, BY, CALENDAR, CASE, CHANGES, DONE, KINDS, PEOPLE, WAS, WHOM
from reviewflow.text import listing

if TYPE_CHECKING:
    from openpyxl import Workbook

GUIDANCE, CASES, HAPPENED, CHANGED = "How to fill this in", "Cases", "What has happened", "Holds and extensions"
PERSONS = "People"
_LONGEST_TITLE = 31
"""Letters that the name of a sheet may have."""
_WIDTH, _WIDE = 20, 60
Row = Sequence[str]


def blank_workbook(plan: Plan, partnership: Partnership) -> bytes:
    """Sheets with headings alone, one for each table that a step asks for, behind a page of guidance."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    _sheet(book, GUIDANCE, [["How to fill this in"], *_guidance(plan, partnership)], widths=(_WIDTH, _WIDE, _WIDE))
    _sheet(book, CASES, [_case_headings(plan.definition)])
    _sheet(book, HAPPENED, [list(DONE.values())])
    _sheet(book, CHANGED, [list(CHANGES.values())])
    if plan.definition.process.contacts:
        _sheet(book, PERSONS, [list(PEOPLE.values())])
    for step, question, asked in _tables(plan):
        headings = [CASE[WAS], DONE[WHOM], *(column.label for column in asked.columns.values())]
        _sheet(book, f"{step}.{question}"[:_LONGEST_TITLE], [headings])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(book: Workbook, title: str, rows: Sequence[Row], *, widths: Sequence[int] = ()) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row_cells in sheet.iter_rows():
        for cell in row_cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place in range(1, sheet.max_column + 1):
        width = widths[place - 1] if place <= len(widths) else _WIDTH
        sheet.column_dimensions[get_column_letter(place)].width = width
    if not widths:
        sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _case_headings(definition: Definition) -> list[str]:
    opening = definition.process.opening
    left_out = {*(() if opening.agencies else (AGENCIES,)), *(() if opening.calendar else (CALENDAR,))}
    return [*(title for name, title in CASE.items() if name not in left_out), *opening.dates]


def _tables(plan: Plan) -> Iterator[tuple[str, str, FormField]]:
    for name in plan.steps:
        for question, asked in plan.form(name).items():
            if asked.type is FieldType.ROWS:
                yield name, question, asked


def _guidance(plan: Plan, partnership: Partnership) -> Iterator[Row]:
    process = plan.definition.process
    for about, words in _SHEETS:
        yield (about, words)
    yield ()
    yield ("Process", process.process, process.title)
    for name, label in process.opening.dates.items():
        clock = " The time of day too: 2026-05-05 14:30." if name in process.opening.times else ""
        yield ("Date", name, f"{label}{clock}")
    if process.opening.agencies:
        needed = process.opening.agencies
        yield ("Agencies", listing(partnership.agencies), f"With commas between them; {needed}")
    for hold, rule in process.holds.items():
        yield ("Hold", hold, rule.title)
    for body, title in bodies(process, partnership).items():
        yield ("Body outside", body, f"{title}. It may give more time: name it under “{CHANGES[BY]}”.")
    for contact, declared in (process.contacts or {}).items():
        yield (
            PERSONS,
            contact,
            f"{declared.title}. It holds names: destroy the file when it is brought in.",
        )
    for ending, way_out in process.endings.items():
        yield ("Way out", ending, way_out.title)
    yield ()
    yield ("Step", "Its name, and what it is", "Answers")
    for name, step in process.steps.items():
        if step.owner is not None:
            yield ("", f"{name}: {step.title}{_for_each(step.for_each)}", "\n".join(_questions(plan.form(name))))
    yield ()
    yield ("What", "", "In the sheet of holds and extensions")
    for what, words in KINDS.items():
        yield ("", what, words)


_SHEETS = (
    (CASES, "A row a case. “Our reference” is how your office knows it today; it must name nobody."),
    (HAPPENED, "A row for each step that is done, with the day on which it really was. Leave out what is still owed."),
    ("", "What happens by itself (letters, waiting) is left out: it follows."),
    ("", "Answers are written question=answer with ; between them: kind=summary; approved=yes"),
    (CHANGED, "Holds, more time that was granted, steps that were skipped, and what else was changed."),
    ("Days", "2026-05-05, or a cell that is a date. None may lie ahead."),
    ("Check it", "reviewflow bring-in FILE --dry-run says every mistake with its sheet and row, and changes nothing."),
)


def _for_each(each: str | tuple[str, ...] | None) -> str:
    if each is None:
        return ""
    return " (a row for each agency)" if each == "agency" else " (a row for each line; say which)"


def _questions(form: FormFields) -> Iterator[str]:
    for name, asked in form.items():
        if asked.type is FieldType.QUORUM:
            continue
        limits = filter(None, [needed_words(asked, form), bounds_words(asked, form)])
        notes = [asked.label, *_allowed(asked), *limits, *forbidden_words(asked, form)]
        yield f"{name}: {'; '.join(notes)}"


def _allowed(asked: FormField) -> Iterator[str]:
    if asked.options:
        yield (
            f"one of {listing(asked.options, last='or')}" if asked.type is FieldType.CHOICE else listing(asked.options)
        )
    elif asked.type in {FieldType.YES_NO, FieldType.CONFIRM}:
        yield "yes or no" if asked.type is FieldType.YES_NO else "yes"
    elif asked.type is FieldType.ROWS:
        yield "in a sheet of its own, a row a line"
