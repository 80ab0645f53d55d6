"""Papers before there is a case: what an agency is sent when it asks how to refer."""

from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from reviewflow.cli import app

SHIPPED = Path(__file__).parents[2] / "definitions"


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words], env={"REVIEWFLOW_DEFINITIONS": str(SHIPPED)})
    return result.exit_code, result.output + str(result.exception or "")


def test_papers_list_names_those_that_need_no_case() -> None:
    code, said = run("papers", "list")
    assert code == 0
    names = {line.split()[0] for line in said.splitlines()}
    assert {"referral_form", "thresholds_guide", "chair_specification", "independence_declaration"} <= names
    assert "rapid_review_meeting_report" not in names


def test_papers_make_writes_it_dated_and_of_no_case(tmp_path: Path) -> None:
    code, said = run("papers", "make", "referral_form", "--into", str(tmp_path), "--now", "2026-05-05")
    assert (code, said.split()) == (0, [str(tmp_path / f"referral_form.{ending}") for ending in ("docx", "md")])
    footer = docx.Document(str(tmp_path / "referral_form.docx")).sections[0].footer.paragraphs[0].text
    assert footer.startswith("Referral for a practice review, Tue 5 May 2026")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("referal_form", 'Did you mean "referral_form"?'),
        ("timetable", "which only a case has. Write:  reviewflow make REFERENCE timetable"),
    ],
)
def test_papers_make_says_what_it_cannot_make(tmp_path: Path, name: str, told: str) -> None:
    code, said = run("papers", "make", name, "--into", str(tmp_path))
    assert code != 0
    assert told in said
    assert list(tmp_path.iterdir()) == []
