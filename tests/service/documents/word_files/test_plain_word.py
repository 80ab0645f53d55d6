"""Word papers as Word reads them: pages, what stands round the text, tables to write in, prompts and boxes."""

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.service.documents.word_files.plain_word import plain_document

TEXT = """# A form

*What helps whoever fills it in.*

Words with **weight**.

1. one

Between

1. one again

| Day | What happened |
| --- | --------- |
| 1 | |

| | |
| --- | ------ |
| Written by | |

_____

***

## The end
"""
LOOK = PageLook("A form", "Northmoor SCP", "Tue 5 May 2026", "RR-2026-001", "OFFICIAL-SENSITIVE", landscape=True)


def opened(tmp_path: Path, text: str = TEXT, look: PageLook = LOOK) -> Any:
    path = tmp_path / "made.docx"
    plain_document(text, look).save(str(path))
    return docx.Document(str(path))


def test_pages_are_a4_and_lie_as_asked(tmp_path: Path) -> None:
    across = opened(tmp_path).sections[0]
    assert (round(across.page_width.mm), round(across.page_height.mm)) == (297, 210)
    assert across.orientation == WD_ORIENT.LANDSCAPE
    upright = opened(tmp_path, look=PageLook("A form", "Northmoor SCP", "Tue 5 May 2026")).sections[0]
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert min(upright.left_margin, upright.right_margin, upright.top_margin, upright.bottom_margin) > Mm(19)


def test_every_page_says_whose_it_is_of_which_day_and_case_and_how_it_is_marked(tmp_path: Path) -> None:
    section = opened(tmp_path).sections[0]
    assert [line.text for line in section.header.paragraphs] == ["OFFICIAL-SENSITIVE", "Northmoor SCP\tRR-2026-001"]
    assert section.footer.paragraphs[0].text.startswith("A form, Tue 5 May 2026\tPage ")
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[1].text == "OFFICIAL-SENSITIVE"


def test_a_paper_of_no_case_that_anybody_may_read_has_neither_reference_nor_marking(tmp_path: Path) -> None:
    section = opened(tmp_path, look=PageLook("A form", "Northmoor SCP", "Tue 5 May 2026")).sections[0]
    assert [line.text for line in section.header.paragraphs] == ["", "Northmoor SCP\t"]


def test_tables_use_the_width_repeat_their_heads_and_leave_room(tmp_path: Path) -> None:
    document = opened(tmp_path)
    events, people, box = document.tables
    across = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    for table in document.tables:
        assert abs(sum(column.width for column in table.columns) - across) < Mm(1)
    assert round(events.columns[1].width / events.columns[0].width) == 3, "as many dashes as the text says"
    assert events.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert events.rows[1].height >= Mm(10)
    assert people.cell(0, 0).text == "Written by", "an empty head is left out"
    assert round(box.rows[0].height.mm) == 35


def test_a_prompt_has_a_style_of_its_own_and_a_list_begins_at_one(tmp_path: Path) -> None:
    document = opened(tmp_path)
    styles = {paragraph.text: paragraph for paragraph in document.paragraphs}
    assert styles["What helps whoever fills it in."].style.name == "Prompt"
    assert styles["A form"].style.name == "Heading 1"
    numbers = [styles[words]._p.pPr.numPr.numId.val for words in ("one", "one again")]
    assert len(set(numbers)) == 2


def test_what_ends_a_letter_is_on_no_page_of_its_own(tmp_path: Path) -> None:
    letter = "To: **Police**\n\nRing us if you cannot.\n\nThank you.\n\n| | |\n| --- | --- |\n| Signed | |\n"
    kept = [(part.text, part.paragraph_format.keep_with_next) for part in opened(tmp_path, letter).paragraphs]
    assert kept[:3] == [("To: Police", None), ("Ring us if you cannot.", True), ("Thank you.", True)]


def kept(part: Any) -> bool:
    return bool(part.paragraph_format.keep_with_next)


def rows_kept(table: Any) -> list[bool]:
    return [kept(row.cells[0].paragraphs[0]) for row in table.rows]


def test_no_row_of_a_long_table_ends_or_begins_it_alone_on_a_page(tmp_path: Path) -> None:
    rows = "".join(f"| {number} | x |\n" for number in range(10))
    (table,) = opened(tmp_path, f"# Days\n\n| Day | What |\n| --- | --- |\n{rows}").tables
    assert rows_kept(table) == [True, True, *[False] * 6, True, True, False]


def test_where_to_sign_stands_with_the_table_before_it(tmp_path: Path) -> None:
    both = "| A | B |\n| --- | --- |\n| 1 | |\n\n| Signed by | Date |\n| --- | --- |\n| We | |\n"
    document = opened(tmp_path, both)
    assert [rows_kept(table) for table in document.tables] == [[True, True], [True, False]]
    assert kept(document.paragraphs[0]), "the gap between them"


def test_a_prompt_that_ends_a_section_stays_with_it_and_any_other_with_what_it_is_for(tmp_path: Path) -> None:
    text = "| A | B |\n| --- | --- |\n| 1 | |\n\n*It is enclosed.*\n\n## Next\n\n*Known?*\n\n___\n\n*The end.*\n"
    document = opened(tmp_path, text)
    prompts = {part.text: part.paragraph_format.keep_with_next for part in document.paragraphs if part.text}
    assert prompts["It is enclosed."] is False
    assert prompts["Known?"] is None, "its style keeps it with the box"
    assert prompts["The end."] is False
    assert rows_kept(document.tables[0]) == [True, True]
