"""Documents as an office gets them: opened again by other programs, whole or not there at all, and never dangerous."""

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx import Document
from icalendar import Calendar

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.documents.case_papers import make_papers, papers_of
from reviewflow.service.documents.word_files import word
from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.service.documents.word_files.word import TemplateError, word_file
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

TOY = Path(__file__).parents[2] / "toy"
NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
LOOK = PageLook("A letter", "Northmoor SCP", "Tue 5 May 2026")
PROCESS = """language: 1
process: letters
version: 1
title: A review with letters
reference: LE-{year}-{number}
opening:
  dates: {notified: When was it notified?}
  agencies: at least 1
steps:
  agree:
    title: Agree the day
    owner: chair
    due: 3 working days after notified
    form:
      held_on: {type: date, label: For which day?}
  letter: {title: Write the letter, after: agree, for_each: agency, make: letter, about: answer}
  answer: {title: Answer, after: agree, for_each: agency, owner: agency, due: 9 working days after notified}
  archive: {title: Tell the archive, after: letter, run: archive/file-case}
"""
LETTER = """language: 1
document: letter
title: "{reference}: meeting"
formats: [word, markdown, calendar]
day: on agree.held_on
at: 14:00
lasts: 2 hours
text: |
  # Please come

  **{reference}**: {step}, by {due}. *Thank you.*

  1. one
  2. two

  - a point

  {timetable}

  {agencies}
"""


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "documents").mkdir()
    (folder / "processes" / "letters.yaml").write_text(PROCESS)
    (folder / "documents" / "letter.yaml").write_text(LETTER)
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    here = Workspace(store, folder, papers=tmp_path / "papers")
    open_case(here, "letters", c.Open({"notified": date(2026, 5, 5)}, ("police", "health")), by="us", now=NOW)
    return here


def agreed(office: Workspace) -> None:
    carry_out(office, "LE-2026-001", c.Complete("agree", {"held_on": "2026-06-16"}), by="us", now=NOW)


def test_a_step_makes_each_form_for_each_agency(office: Workspace) -> None:
    agreed(office)
    assert papers_of(office, "LE-2026-001") == []
    assert run_automatic_steps(office, now=NOW) == 2
    assert [path.name for path in papers_of(office, "LE-2026-001")] == [
        f"letter-{agency}.{ending}" for agency in ("health", "police") for ending in ("docx", "ics", "md")
    ]
    assert run_automatic_steps(office, now=NOW) == 0


def test_the_words_are_filled_in_and_a_table_says_every_day(office: Workspace) -> None:
    agreed(office)
    run_automatic_steps(office, now=NOW)
    text = next(path for path in papers_of(office, "LE-2026-001") if path.name == "letter-police.md").read_text()
    assert "**LE-2026-001**: Answer, by Mon 18 May 2026. *Thank you.*" in text
    assert "| Agree the day | " in text
    assert "- Police" in text


def test_word_opens_the_letter(office: Workspace) -> None:
    agreed(office)
    run_automatic_steps(office, now=NOW)
    path = next(path for path in papers_of(office, "LE-2026-001") if path.name == "letter-police.docx")
    read = docx.Document(str(path))
    words = [paragraph.text for paragraph in read.paragraphs]
    assert words[:4] == ["Please come", "LE-2026-001: Answer, by Mon 18 May 2026. Thank you.", "one", "two"]
    assert [run.text for run in read.paragraphs[1].runs if run.bold] == ["LE-2026-001"]
    assert read.tables[0].cell(0, 0).text == "What"


def test_outlook_gets_one_entry_that_a_later_one_replaces(office: Workspace) -> None:
    agreed(office)
    run_automatic_steps(office, now=NOW)
    path = next(path for path in papers_of(office, "LE-2026-001") if path.name == "letter-police.ics")
    [first] = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    later = NOW.replace(hour=10)
    make_papers(office, "LE-2026-001", "letter/police", "letter", now=later)
    [second] = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert first.start == datetime.fromisoformat("2026-06-16T14:00:00+01:00")
    assert (first.end - first.start).total_seconds() == 2 * 3600
    assert str(first["summary"]) == "LE-2026-001: meeting"
    assert b"BEGIN:VTIMEZONE" in path.read_bytes()


def test_a_document_whose_day_is_not_known_is_refused_in_words(office: Workspace) -> None:
    with pytest.raises(UserError, match="is not known yet in LE-2026-001"):
        make_papers(office, "LE-2026-001", "letter/police", "letter", now=NOW)
    with pytest.raises(UserError, match='Did you mean "letter"'):
        make_papers(office, "LE-2026-001", "", "leter", now=NOW)


def test_a_document_of_the_whole_case_is_about_no_step(office: Workspace) -> None:
    cover = "language: 1\ndocument: cover\ntitle: Cover\nformats: [markdown]\ntext: '{reference}: {step}, {due}'\n"
    (office.folder / "documents" / "cover.yaml").write_text(cover)
    again = Workspace(office.store, office.folder, papers=office.papers)
    [made] = make_papers(again, "LE-2026-001", "", "cover", now=NOW)
    assert made.read_text() == "LE-2026-001: A review with letters, a day still to be set\n"
    with pytest.raises(UserError, match='Did you mean "letter"'):
        make_papers(again, "LE-2026-001", "leter/police", "cover", now=NOW)


def test_a_job_that_fails_waits_and_is_tried_again(office: Workspace) -> None:
    (office.folder / "documents" / "letter.yaml").write_text(LETTER.replace("text: |", "template: ours.docx\ntext: |"))
    again = Workspace(office.store, office.folder, papers=office.papers)
    open_case(again, "letters", c.Open({"notified": date(2026, 5, 5)}, ("police",)), by="us", now=NOW)
    carry_out(again, "LE-2026-002", c.Complete("agree", {"held_on": "2026-06-16"}), by="us", now=NOW)
    assert run_automatic_steps(again, now=NOW) == 0
    waiting = again.store.due_jobs("2026-05-05T23:00:00+00:00", 9)
    assert "There is no Word template" in next(job.error for job in waiting if job.kind == "make")
    template = Document()
    template.add_paragraph("Dear {{ owner }}, about {{ reference }}")
    template.save(str(again.folder / "documents" / "ours.docx"))
    assert run_automatic_steps(again, now=NOW.replace(hour=12)) == 1
    made = docx.Document(str(again.papers / "LE-2026-002" / "letter-police.docx"))
    assert made.paragraphs[0].text == "Dear Police, about LE-2026-002"


def test_a_deployment_is_run_once_by_whoever_can(office: Workspace) -> None:
    agreed(office)
    run_automatic_steps(office, now=NOW)
    ran: list[tuple[str, str, str]] = []
    assert run_automatic_steps(office, now=NOW, run=lambda *asked: ran.append(asked)) == 1
    assert run_automatic_steps(office, now=NOW, run=lambda *asked: ran.append(asked)) == 0
    assert [asked[:2] for asked in ran] == [("archive/file-case", "LE-2026-001")]


def template(path: Path, text: str) -> Path:
    document = Document()
    document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe"),
        ("{{ cycler.__init__.__globals__.os.popen('touch broken').read() }}", "unsafe"),
        ("{{ mother }}", "'mother' is undefined"),
        ("{% for a in reference", "cannot be used as a template"),
    ],
)
def test_a_template_cannot_reach_the_machine(tmp_path: Path, text: str, said: str) -> None:
    made = tmp_path / "made.docx"
    with pytest.raises(TemplateError, match=said):
        word_file(made, template=template(tmp_path / "t.docx", text), markdown="", values={"reference": "R"}, look=LOOK)
    assert not made.exists()
    assert not Path("broken").exists()


def test_a_template_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "SECONDS", 4)
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(TemplateError, match="was stopped"):
        word_file(
            tmp_path / "made.docx", template=template(tmp_path / "t.docx", endless), markdown="", values={}, look=LOOK
        )


def test_values_are_text_and_nothing_else(tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    given = {"reference": "R & <b> {{ 7 * 7 }}"}
    word_file(
        made, template=template(tmp_path / "t.docx", "About {{ reference }}"), markdown="", values=given, look=LOOK
    )
    assert docx.Document(str(made)).paragraphs[0].text == "About R & <b> {{ 7 * 7 }}"
    assert "docxtpl" not in sys.modules, "templates are rendered in a process of their own"


def test_a_template_that_is_no_word_file_is_told_before_any_process_begins(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_text("Dear {{ reference }}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"t\.docx cannot be used as a template\. This is not a Word document"):
        word_file(tmp_path / "made.docx", template=tmp_path / "t.docx", markdown="", values={}, look=LOOK)
