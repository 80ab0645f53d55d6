"""A Word template is read when definitions are checked, not on the day on which a letter is needed."""

from pathlib import Path

import pytest
from docx import Document

from reviewflow.language.checking import library_with
from reviewflow.service.rehearsal.check import check_definitions

PAPER = "language: 1\ndocument: ours\ntitle: Ours\nformats: [word]\ntemplate: ours.docx\ntext: Please.\n"


def said(folder: Path) -> list[tuple[str, str]]:
    checked = check_definitions(folder, [folder / "documents" / "ours.yaml"], environ={})
    return [(problem.code, problem.message) for problem in checked.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "ours.yaml").write_text(PAPER)
    return tmp_path


def save(folder: Path, words: str, *, head: str = "") -> None:
    template = Document()
    paragraph = template.add_paragraph()
    for letter in words:  # as Word does when somebody typed, stopped and went on
        paragraph.add_run(letter)
    template.sections[0].header.paragraphs[0].text = head
    template.save(str(folder / "documents" / "ours.docx"))


def test_a_sound_template_passes(folder: Path) -> None:
    save(folder, "{{ text }} {{ timetable }} {% for a in reference %}{{ a }}{% endfor %}", head="{{ reference }}")
    assert library_with(folder, [folder / "documents" / "ours.yaml"]).documents
    assert said(folder) == []


def test_an_unknown_field_is_told_also_in_a_header(folder: Path) -> None:
    save(folder, "{{ text }} {{ referense }}", head="{{ mother }}")
    found = said(folder)
    assert [code for code, _ in found] == ["PD453", "PD453"]
    assert 'Did you mean "reference"?' in found[0][1]
    assert '"{{ mother }}" in ours.docx is not a field.' in found[1][1]


def test_a_template_that_is_not_there_or_no_word_file_is_told(folder: Path) -> None:
    assert said(folder) == [
        ("PD452", "There is no ours.docx beside this file. Save the Word template there, or take this line out.")
    ]
    (folder / "documents" / "ours.docx").write_text("no Word file")
    [(code, message)] = said(folder)
    assert code == "PD452"
    assert message.startswith("ours.docx cannot be a template.")
