"""Whatever bytes a spreadsheet has, it is read or refused in words."""

import os
import random
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pytest

from reviewflow.service.handed_in.spreadsheet_file import MOST_LINES, Formula, SheetPage, sheets_of
from reviewflow.service.workspace.errors import UserError

PAGE = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Action", "Due", "=1+1"])
    page.append(["Ask", 3, None])
    book.save(path := tmp_path_factory.mktemp("sound") / "actions.xlsx")
    return path


def changed(sound: Path, path: Path, name: str, content: bytes | None) -> Path:
    """The workbook with one part another, or without it."""
    with ZipFile(sound) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
            elif content is not None:
                new.writestr(part, content)
    return path


def test_a_sound_workbook(sound: Path) -> None:
    assert sheets_of(sound) == [SheetPage("Sheet", [["Action", "Due", Formula()], ["Ask", 3]])]


def test_a_workbook_with_any_part_damaged_is_read_or_refused_in_words(sound: Path, tmp_path: Path) -> None:
    with ZipFile(sound) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    dice, refused = random.Random(1), 0
    for name, content in parts.items():
        for _ in range(6):
            at = dice.randrange(len(content))
            length = dice.randrange(1, 40)
            damage = dice.choice([b"", b"<", b'"', b"\xff\xfe", b"-1", b"9" * 30, b"<row r='x'/>", content[:200]])
            path = changed(sound, tmp_path / "a.xlsx", name, content[:at] + damage + content[at + length :])
            try:
                sheets_of(path)
            except UserError as error:
                refused += 1
                assert str(error).startswith("a.xlsx cannot be read. This is")  # noqa: PT017 - some can be read
    for name in parts:
        try:
            sheets_of(changed(sound, tmp_path / "a.xlsx", name, None))
        except UserError:
            refused += 1
    assert refused > len(parts)


def test_a_row_far_below_all_others_costs_no_more_than_a_long_sheet(sound: Path, tmp_path: Path) -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far += b'<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A9"><v>2</v></c></row>'
    far += b"</sheetData></worksheet>"
    [page] = sheets_of(changed(sound, tmp_path / "a.xlsx", PAGE, far))
    sheet = page.lines
    assert (sheet[0], len(sheet), sheet[-1]) == ([1], MOST_LINES + 1, [])


def test_a_wrong_size_in_the_file_hides_no_cell(sound: Path, tmp_path: Path) -> None:
    with ZipFile(sound) as file:
        content = file.read(PAGE).replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1"')
    assert b'ref="A1"' in content
    [page] = sheets_of(changed(sound, tmp_path / "a.xlsx", PAGE, content))
    assert page.lines == [["Action", "Due", Formula()], ["Ask", 3]]


def test_hidden_sheets_and_rows_are_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Action"])
    page = book.create_sheet("Old")
    page.sheet_state = "veryHidden"
    for number in range(1, 5):
        page.append([number])
    page.row_dimensions[2].hidden = True
    page.row_dimensions.group(4, 4, hidden=True)
    book.save(tmp_path / "a.xlsx")
    assert [(page.name, page.is_hidden, page.hidden) for page in sheets_of(tmp_path / "a.xlsx")] == [
        ("Sheet", False, frozenset()),
        ("Old", True, frozenset({2, 4})),
    ]


def test_a_word_file_by_the_name_of_a_workbook(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "plan.xlsx"))
    with pytest.raises(UserError, match=r"plan\.xlsx cannot be read\. This is a Word document, not a workbook"):
        sheets_of(tmp_path / "plan.xlsx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and so on", "let its name end in .xlsx"),
        (b'Action,Due\n"' + b"x" * 200_000, "Row .* is not as in a .csv file"),
    ],
)
def test_a_csv_file_that_is_none(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "actions.csv").write_bytes(content)
    with pytest.raises(UserError, match=words):
        sheets_of(tmp_path / "actions.csv")


def test_lines_of_an_older_machine_and_marks_of_none(tmp_path: Path) -> None:
    (tmp_path / "actions.csv").write_bytes(b"Action,Due\rAsk\0,'=1\r\n")
    assert sheets_of(tmp_path / "actions.csv") == [SheetPage("", [["Action", "Due"], ["Ask\0", "=1"]])]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
@pytest.mark.parametrize("name", ["actions.xlsx", "actions.csv"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(UserError, match="not an ordinary file"):
        sheets_of(tmp_path / name)
