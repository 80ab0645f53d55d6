"""Papers that are tables, as a spreadsheet program opens them: a sheet a table, room below, ready to be printed."""

import io

import openpyxl

from reviewflow.service.documents.spreadsheet import PRINTED, ROWS, workbook
from reviewflow.service.documents.word_files.look import PageLook

TEXT = """# Chronology

Significant events only.

## Events

| Day | What |
| --- | --- |
| =1+1 | first<br>second |
"""
LOOK = PageLook("Chronology", "Northmoor SCP", "Tue 5 May 2026", "RR-2026-001", "OFFICIAL-SENSITIVE", landscape=True)


def test_a_table_is_a_sheet_with_room_and_its_head_on_every_page() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(TEXT, LOOK)))
    assert book.sheetnames == ["Events", "How to fill it in"]
    events, guidance = book.worksheets
    assert [cell.value for cell in events[1]] == ["Day", "What"]
    assert [cell.value for cell in events[2]] == ["'=1+1", "first\nsecond"]
    assert events.cell(ROWS, 1).border.left.style == "thin"
    assert (events.freeze_panes, events.print_title_rows) == ("A2", "$1:$1")
    assert [line[0] for line in guidance.iter_rows(values_only=True)] == [
        *("Chronology", "Significant events only.")
    ], "a heading under which nothing but a table stood says nothing here"


def test_what_is_filled_in_is_printed_with_a_few_rows_below_it_and_an_empty_table_whole() -> None:
    empty = TEXT.replace("| =1+1 | first<br>second |", "| | |")
    filled, blank = (openpyxl.load_workbook(io.BytesIO(workbook(text, LOOK))).worksheets[0] for text in (TEXT, empty))
    assert filled.print_area == f"'Events'!$A$1:$B${2 + PRINTED}"
    assert not blank.print_area


def test_each_sheet_prints_on_a4_as_wide_as_the_page_marked_and_numbered() -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook(TEXT, LOOK))).worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.oddHeader.center.text, sheet.oddHeader.right.text) == ("OFFICIAL-SENSITIVE", "RR-2026-001")
        assert sheet.oddFooter.right.text == "Page &P of &N"
