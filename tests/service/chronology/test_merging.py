"""Spreadsheets of agencies, as they really are, made one chronology."""

import stat
import sys
import time as clock
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import yaml

from reviewflow.service.chronology.columns import COLUMNS, head_of, heading
from reviewflow.service.chronology.merging import Merged, merge
from reviewflow.service.chronology.reading import HIDDEN_ROW, HIDDEN_SHEET
from reviewflow.service.chronology.workbook import ALSO, NO_DATE, PLACE, WRONG, write_workbook
from reviewflow.service.documents.spreadsheet import workbook
from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.service.workspace.errors import UserError

TEMPLATE = Path(__file__).parents[3] / "definitions" / "documents" / "chronology_template.yaml"
HEAD = ["Date", "Time", "Event or contact"]
EVENT = COLUMNS["event"]


def book(path: Path, *sheets: Sequence[Sequence[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def written(merged: Merged, folder: Path) -> list[Mapping[str, Any]]:
    """The rows of the merged workbook under their headings, as somebody who opens it finds them."""
    write_workbook(merged, folder / "merged.xlsx")
    head, *rows = openpyxl.load_workbook(folder / "merged.xlsx").worksheets[0].iter_rows(values_only=True)
    return [dict(zip([str(title) for title in head], row, strict=True)) for row in rows]


def test_two_agencies_in_the_order_of_day_and_time_with_where_each_line_is_from(tmp_path: Path) -> None:
    police = book(
        tmp_path / "police.xlsx",
        [
            ["Chronology of the police"],
            [],
            HEAD,
            [date(2026, 5, 14), time(14, 30), "called"],
            ["2026-05-12", "", "seen"],
        ],
    )
    (tmp_path / "health.csv").write_text(
        "No.;Date of contact;Time (24h);EVENT;Ward\r\n"
        "1;14/05/2026;2.30pm;admitted;4\r\n2;13 May 2026;;visit;\r\n3;;;;\r\n"
    )
    merged = merge([police, tmp_path / "health.csv"])
    assert merged.problems == []
    rows = written(merged, tmp_path)
    assert [
        (row["Date"], row["Time"], row["Agency"], row[PLACE], row[EVENT], row["Ward"], row[ALSO]) for row in rows
    ] == [
        (datetime(2026, 5, 12), None, "police", "police.xlsx row 5", "seen", None, None),
        (datetime(2026, 5, 13), None, "health", "health.csv row 3", "visit", None, None),
        (datetime(2026, 5, 14), time(14, 30), "police", "police.xlsx row 4", "called", None, "health.csv row 2"),
        (datetime(2026, 5, 14), time(14, 30), "health", "health.csv row 2", "admitted", "4", "police.xlsx row 4"),
    ]
    assert list(rows[0])[-1] == "Ward"
    assert merged.shared == ["police.xlsx row 4; health.csv row 2"]


def test_rows_and_sheets_that_are_hidden_are_taken_and_told_by_file_and_row(tmp_path: Path) -> None:
    path = book(tmp_path / "school.xlsx", [HEAD, ["2026-05-14", None, "x"], ["2026-05-15", None, "y"]])
    other = book(tmp_path / "gp.xlsx", [HEAD, ["2026-05-16", None, "z"]], [["Key"]])
    for file, hide in ((path, "row"), (other, "sheet")):
        filled = openpyxl.load_workbook(file)
        if hide == "row":
            filled.worksheets[0].row_dimensions[3].hidden = True
        else:
            filled.worksheets[0].sheet_state, filled.active = "hidden", 1
        filled.save(file)
    merged = merge([path, other])
    assert merged.problems == [f"school.xlsx row 3: {HIDDEN_ROW}.", f"gp.xlsx sheet 1 row 2: {HIDDEN_SHEET}."]
    assert [row[WRONG] for row in written(merged, tmp_path)] == [None, HIDDEN_ROW, HIDDEN_SHEET]


def test_each_row_is_high_enough_for_its_longest_cell(tmp_path: Path) -> None:
    rows = [HEAD, ["2026-05-14", None, "A word or two of what happened. " * 6], ["2026-05-15", None, "a\nb\nc"]]
    write_workbook(merge([book(tmp_path / "gp.xlsx", rows)]), tmp_path / "merged.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "merged.xlsx").worksheets[0]
    for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
        lines = max(len(cell.value) / sheet.column_dimensions[cell.column_letter].width, cell.value.count("\n") + 1)
        assert sheet.row_dimensions[cell.row].height >= 12 * lines


def test_the_same_day_without_a_time_is_told_as_no_more_than_that(tmp_path: Path) -> None:
    one, two = (book(tmp_path / f"{name}.xlsx", [HEAD, ["2026-05-14", None, "x"]]) for name in ("one", "two"))
    merged = merge([one, two])
    assert merged.also["one.xlsx row 2"] == "the same day, no time: two.xlsx row 2"
    assert merged.shared == []


def test_one_agency_alone_is_also_told_by_nobody(tmp_path: Path) -> None:
    rows = [[*HEAD, "Agency"], *[["2026-05-14", "10:00", "x", agency] for agency in ("Police", "police ", "GP")]]
    merged = merge([book(tmp_path / "all.xlsx", rows)])
    assert merged.also["all.xlsx row 2"] == "all.xlsx row 4"
    assert merged.also["all.xlsx row 4"] == "all.xlsx row 2; all.xlsx row 3"


def test_what_cannot_be_read_stands_at_the_end_marked_and_is_told_without_a_word_of_it(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["early May", None, "secretword"],
        ["2026-05-14", "after school", "kept in order"],
        [None, None, "no date at all"],
        ["2026-05-15 09:00", "10:00", "two times"],
    ]
    merged = merge([book(tmp_path / "school.xlsx", rows)])
    assert merged.problems == [
        "school.xlsx row 2: the date cannot be read: write it as 2026-05-14.",
        "school.xlsx row 3: the time cannot be read: write it as 14:30.",
        "school.xlsx row 4: there is no date.",
        "school.xlsx row 5: its date has another time than its column for the time, which was taken.",
    ]
    found = written(merged, tmp_path)
    assert [row[EVENT] for row in found] == ["kept in order", "two times", None, "secretword", "no date at all"]
    assert (found[0]["Time"], found[1]["Time"]) == ("after school", time(10))
    assert (found[2][PLACE], found[3]["Date"]) == (NO_DATE, "early May")
    assert found[3][WRONG] == "the date cannot be read: write it as 2026-05-14"
    assert "secretword" not in " ".join(merged.problems)


def test_no_formula_runs_and_none_is_lost(tmp_path: Path) -> None:
    rows = [[*HEAD, "=A1"], ["=TODAY()", None, "x", None], ["2026-05-14", "=1/2", '=HYPERLINK("http://x")', "@SUM(1)"]]
    merged = merge([book(tmp_path / "gp.xlsx", rows)])
    assert merged.problems == [
        "gp.xlsx row 2: the date cannot be read: a formula stands there; paste its value in its place.",
        "gp.xlsx row 3: the time cannot be read: a formula stands there; paste its value in its place.",
        "gp.xlsx row 3: in 1 of its cells a formula stands there; paste its value in its place.",
    ]
    first, _, last = written(merged, tmp_path)
    assert (first[EVENT], first["Time"], first["'=A1"]) == ('\'=HYPERLINK("http://x")', "'=1/2", "'@SUM(1)")
    assert last["Date"] == "'=TODAY()"
    with ZipFile(tmp_path / "merged.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_every_sheet_is_taken_and_one_that_is_not_is_told(tmp_path: Path) -> None:
    lines = [HEAD, ["2026-05-14", None, "first"], HEAD, ["2026-05-15", None, "under the headings once more"]]
    guidance, contacts = [["How to fill it in"], ["One line for an event"]], [["Post", "Telephone"], ["Nurse", "1"]]
    merged = merge([book(tmp_path / "gp.xlsx", guidance, lines, contacts, [HEAD, ["2026-05-13", None, "x"]])])
    assert [line.place for line in merged.dated] == [f"gp.xlsx sheet {at}" for at in ("4 row 2", "2 row 2", "2 row 4")]
    assert merged.problems == ["gp.xlsx sheet 3 has no row with the heading Date, so nothing of it was taken."]


def test_all_that_is_wrong_with_files_is_said_at_once_and_the_others_are_merged(tmp_path: Path) -> None:
    sound = book(tmp_path / "police.xlsx", [HEAD, ["2026-05-14", None, "x"]])
    (tmp_path / "letter.xlsx").write_bytes(b"Dear all")
    (tmp_path / "nothing.xlsx").touch()
    (tmp_path / "nothing.csv").touch()
    (tmp_path / "scan.pdf").touch()
    empty, heads = book(tmp_path / "empty.xlsx", []), book(tmp_path / "heads.xlsx", [HEAD])
    names = ("letter.xlsx", "nothing.xlsx", "nothing.csv", "scan.pdf", "missing.xlsx")
    merged = merge([*(tmp_path / name for name in names), empty, heads, sound, tmp_path / "police.xlsx"])
    begins = [problem.removeprefix(f"There is no file {tmp_path}/").split()[0] for problem in merged.problems]
    assert begins == ["police.xlsx", *names[:4], "missing.xlsx.", "empty.xlsx", "heads.xlsx"]
    assert merged.problems[0] == "police.xlsx is named twice; it was taken once."
    assert len(merged.dated) == 1


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("police", "gp"):
        (tmp_path / folder).mkdir()
        book(tmp_path / folder / "chronology.xlsx", [HEAD, ["2026-05-14", None, "x"]])
    paths = [tmp_path / folder / "chronology.xlsx" for folder in ("police", "gp")]
    merged = merge(paths)
    assert [line.place for line in merged.dated] == [f"{path} row 2" for path in paths]
    assert [line.agency for line in merged.dated] == [path.with_suffix("").as_posix() for path in paths]
    assert set(merged.also) == {f"{path} row 2" for path in paths}


def test_columns_that_the_template_does_not_have_are_all_kept_at_the_end(tmp_path: Path) -> None:
    rows = [[*HEAD, "Seen (home)", "Seen (ward)", "Event", None, ""], ["2026-05-14", None, *"abcdef"]]
    one, two = book(tmp_path / "one.xlsx", rows), book(tmp_path / "two.xlsx", [[*HEAD, "seen  (HOME)"], [*rows[1][:4]]])
    first, second = written(merge([one, two]), tmp_path)
    others = {"Seen (home)": "b", "Seen (ward)": "c", "Event": "d", "(no heading)": "e", "(no heading) 2": "f"}
    assert dict(list(first.items())[-5:]) == others
    assert (second["Seen (home)"], second["Seen (ward)"]) == ("b", None)


def test_the_template_that_agencies_are_sent_is_known_column_by_column(tmp_path: Path) -> None:
    text = yaml.safe_load(TEMPLATE.read_text("utf-8"))["text"]
    (tmp_path / "police.xlsx").write_bytes(workbook(text, PageLook("Chronology", "", "", "", "")))
    [sheet, _] = openpyxl.load_workbook(tmp_path / "police.xlsx").worksheets
    head = head_of([[cell.value for cell in sheet[1]]])
    assert head is not None
    assert [heading(COLUMNS[name]) for name in head.known.values()] == [heading(cell.value) for cell in sheet[1]]
    assert merge([tmp_path / "police.xlsx"]).problems == ["police.xlsx has headings and no rows under them."]


def test_the_file_is_the_writers_alone_and_overwrites_none(tmp_path: Path) -> None:
    merged = merge([book(tmp_path / "police.xlsx", [HEAD, ["2026-05-14", None, "x"]])])
    write_workbook(merged, tmp_path / "merged.xlsx")
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "merged.xlsx").stat().st_mode) == 0o600
    before = (tmp_path / "merged.xlsx").read_bytes()
    with pytest.raises(UserError, match=r"merged\.xlsx is there already"):
        write_workbook(merged, tmp_path / "merged.xlsx")
    assert (tmp_path / "merged.xlsx").read_bytes() == before


def test_five_thousand_rows_take_seconds(tmp_path: Path) -> None:
    head = [title for name, title in COLUMNS.items() if name != "agency"]
    for name in ("police", "gp"):
        lines = [[n, date(2026, 1, 1 + n % 28), time(n % 24), *["some words"] * 9] for n in range(2_500)]
        book(tmp_path / f"{name}.xlsx", [head, *lines])
    began = clock.process_time()
    merged = merge([tmp_path / "police.xlsx", tmp_path / "gp.xlsx"])
    write_workbook(merged, tmp_path / "merged.xlsx")
    assert clock.process_time() - began < 8
    assert (len(merged.dated), len(merged.also), merged.problems) == (5_000, 5_000, [])
