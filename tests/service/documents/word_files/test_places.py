"""An office's own Word template: what the documentation promises of it is there, in the template's own words."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx import Document

from reviewflow.language.templates import BLOCKS
from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.service.documents.word_files.word import word_file

LOOK = PageLook("A letter", "Northmoor SCP", "Tue 5 May 2026")
VALUES = {"reference": "RR-2026-001", "timetable": "| What | Day |\n| --- | --- |\n| Answer | Tue 5 May |"}


def filled(tmp_path: Path, template: Any, markdown: str = "# Please\n\nSend *it*.\n\n- now\n") -> Any:
    template.save(str(tmp_path / "ours.docx"))
    made = tmp_path / "made.docx"
    word_file(made, template=tmp_path / "ours.docx", markdown=markdown, values=VALUES, look=LOOK)
    return docx.Document(str(made))


def test_the_text_stands_at_its_place_as_word_writes_it(tmp_path: Path) -> None:
    template = Document()
    for words in ("Our ref: {{ reference }}", "{{ text }}", "Yours faithfully"):
        template.add_paragraph(words)
    document = filled(tmp_path, template)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        *("Our ref: RR-2026-001", "Please", "Send it.", "now", "Yours faithfully")
    ]
    assert document.paragraphs[1].style.name == "Heading 1"


def test_a_table_is_a_table_of_word(tmp_path: Path) -> None:
    template = Document()
    template.add_paragraph("Days: {{ timetable }}")
    template.add_table(1, 1).cell(0, 0).text = "{{ timetable }}"
    document = filled(tmp_path, template)
    assert document.paragraphs[0].text == "Days: "
    assert document.tables[0].cell(1, 0).text == "Answer"
    assert document.tables[1].cell(0, 0).tables[0].cell(1, 1).text == "Tue 5 May"


def test_a_header_takes_words_and_a_template_without_our_styles_is_no_trouble(tmp_path: Path) -> None:
    template = Document()
    for style in ("Heading 1", "List Bullet"):
        template.styles[style].delete()
    template.sections[0].header.paragraphs[0].text = "{{ reference }} {{ text }}"
    template.add_paragraph("{{ text }}")
    document = filled(tmp_path, template, "Send it.\n\n- now")
    assert document.sections[0].header.paragraphs[0].text == "RR-2026-001 Send it. - now"
    assert [paragraph.text for paragraph in document.paragraphs] == ["Send it.", "now"]


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_no_field_is_read_as_a_template_again(tmp_path: Path, name: str) -> None:
    template = Document()
    template.add_paragraph(f"{{{{ {name} }}}}")
    template.save(str(tmp_path / "ours.docx"))
    made = tmp_path / "made.docx"
    word_file(made, template=tmp_path / "ours.docx", markdown="", values={name: "{{ 7 * 7 }}"}, look=LOOK)
    assert docx.Document(str(made)).paragraphs[0].text == "{{ 7 * 7 }}"
