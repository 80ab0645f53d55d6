"""What is said of many actions in a file, and what is wrong by row."""

from pathlib import Path

import pytest

from reviewflow.case.model.refusal import Refused
from reviewflow.service.reports.figures.drawing import Report, as_csv, as_workbook
from reviewflow.service.verifying.reading import read_lines, sheet_to_fill_in
from reviewflow.service.verifying.verdicts import ActionVerdict, VerifiedAs
from reviewflow.service.verifying.waiting import Waiting

WAITS = Waiting("AP-2026-001/1", "AP-2026-001", "verify/1", "AP-2026-001/1", "=Do it", "Police", None, "An audit", {})

WRITE = "Write as evidenced, in part, not verified or not now."


def test_a_row_each_and_rows_in_which_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "verified.csv"
    path.write_text(
        "No.,Verified,Why not or only in part,What is still needed,By when\n"
        "ap-2026-001/1,,,,\n"
        "AP-2026-001/2,Not verified,one team only,the others,02/11/2026\n"
        "AP-2026-001/3,in part,,,\n"
        "AP-2026-001/4,perhaps,,,\n"
        ",yes,,,\n".replace("Why not or only in part", '"Why not, or only in part"'),
        encoding="utf-8",
    )
    read = read_lines(path)
    assert read.lines == (
        ActionVerdict("AP-2026-001/2", VerifiedAs.NOT, "one team only", "the others", "2026-11-02", "Row 3"),
        ActionVerdict("AP-2026-001/3", VerifiedAs.PARTLY, place="Row 4"),
    )
    assert read.wrong == (
        f"Row 5, AP-2026-001/4: whether it is verified is not understood. {WRITE}",
        "Row 6: the number of the action is missing, such as AP-2026-001/3.",
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_sheet_that_is_filled_in_is_read_back(tmp_path: Path, ending: str) -> None:
    sheet = sheet_to_fill_in([WAITS])
    filled = (*sheet.rows[0][:5], "not verified", "why", "needed", "2026-11-02")
    sheet = type(sheet)(sheet.name, sheet.title, sheet.says, sheet.columns, (filled,))
    path = tmp_path / f"verified.{ending}"
    data = as_csv(sheet).encode() if ending == "csv" else as_workbook(Report(sheet.title, sheet.says, (sheet,)))
    path.write_bytes(data)
    [line] = read_lines(path).lines
    assert (line.name, line.verdict, line.why, line.by_when) == ("AP-2026-001/1", VerifiedAs.NOT, "why", "2026-11-02")


def test_yaml(tmp_path: Path) -> None:
    path = tmp_path / "verified.yaml"
    path.write_text("- {number: AP-2026-001/2, verified: no, why: so, still_needed: more, by_when: 2026-11-02}\n")
    assert read_lines(path).lines == (
        ActionVerdict("AP-2026-001/2", VerifiedAs.NOT, "so", "more", "2026-11-02", "Line 1"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("action: AP-2026-001/2\n", "is no list of actions"),
        ("- {number: AP-2026-001/2, verdict: no}\n", '"verdict" is not one of number, verified'),
        ("- &a {action: 1}\n", "PD"),
        ("", "is empty"),
    ],
)
def test_what_is_no_list(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "verified.yaml"
    path.write_text(text)
    with pytest.raises(Refused, match=words):
        read_lines(path)
