"""The shipped papers as an office program draws them: each page looked at by its size, its head and foot, its words."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document

from reviewflow.case.model import commands as c
from reviewflow.language.model import DocumentFormat, Page
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.documents.case_papers import make_papers
from reviewflow.service.documents.papers_before import make_before, papers_before
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

SHIPPED = Path(__file__).parents[3] / "definitions"
NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
REFERENCE = "RR-2026-001"
PROGRAMS = [shutil.which(name) for name in ("soffice", "pdfinfo", "pdftotext")]
ABOUT = {
    **dict.fromkeys(
        (
            *("request_for_information", "request_for_report_letter", "request_for_papers_letter"),
            *("agency_summary_template", "chronology_template"),
        ),
        "agency_return/police",
    ),
    "delay_notice": "submission",
    "rapid_review_delay_notice": "submission",
}
A4 = {True: (842, 595), False: (595, 842)}
PROMISE = re.compile(r"[{}]|\bNone\b|<br>|\*\*|____")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """An office with one rapid review in it, some days old, and every paper made."""
    folder = tmp_path_factory.mktemp("office")
    store = open_store(f"sqlite:///{folder}/cases.db")
    store.migrate()
    here = Workspace(store, SHIPPED, papers=folder / "papers")
    opening = {"aware": date(2026, 5, 1), "notified": date(2026, 5, 5)}
    open_case(here, "rapid_review", c.Open(opening, ("police", "education")), by="us", now=NOW)
    booked = {"agencies_right": "yes", "secure_messages": "yes", "huddle_booked_for": "2026-05-26"}
    carry_out(here, REFERENCE, c.Complete("set_up", booked), by="us", now=NOW)
    panel = {"panel_booked_for": "2026-05-12", "panel_members": "all"}
    carry_out(here, REFERENCE, c.Complete("book_panel", panel), by="us", now=NOW)
    sorry = c.Complete("panel_invitation/partner_health", {"coming": "apologies"})
    carry_out(here, REFERENCE, sorry, by="us", now=NOW)
    before = {document.document for document in papers_before(here)}
    for name, loaded in here.library.documents.items():
        if name in before:
            make_before(here, name, here.papers / "toolkit", now=NOW)
        elif DocumentFormat.CALENDAR not in loaded.model.formats:
            make_papers(here, REFERENCE, ABOUT.get(name, ""), name, now=NOW)
    yield here
    store.close()


def markdown(office: Workspace) -> dict[str, str]:
    return {path.stem.partition("-")[0]: path.read_text("utf-8") for path in office.papers.rglob("*.md")}


def test_no_paper_promises_what_it_does_not_say(office: Workspace) -> None:
    promises = re.compile(r"[{}]|\bNone\b")
    assert {name for name, text in markdown(office).items() if promises.search(text)} == set()


def test_an_agenda_says_when_the_meeting_is(office: Workspace) -> None:
    assert "| **Hold the rapid review panel meeting** | **Tue 12 May 2026** |" in markdown(office)["agenda"]


def test_the_report_is_filled_with_what_the_case_knows(office: Workspace) -> None:
    report = markdown(office)["rapid_review_meeting_report"]
    for words in (
        "Fri 1 May 2026",
        "Tue 5 May 2026",
        "Northmoor Police",
        "Tue 12 May 2026",
        "Safeguarding partner for health | No, with apologies",
        "Legal adviser to the partnership | nothing yet",
        "No dissent is on record.",
    ):
        assert words in report
    criteria = report.partition("## 14.")[2].partition("## 15.")[0]
    assert "Nothing is on record yet." in criteria
    assert "whether you come" not in criteria
    assert "Which of its members are invited" not in report, "who is invited stands in a table of its own"


def test_a_notice_of_delay_says_nothing_that_the_office_reckons_for_itself(office: Workspace) -> None:
    (notice,) = office.papers.rglob("delay_notice*.docx")
    words = " ".join(cell.text for cell in Document(str(notice)).paragraphs)
    assert "What is late: Complete the rapid review and send it to the Panel." in words
    for reckoned in ("slack", "hangs on", "foreseen", "Northmoor Police"):
        assert reckoned not in words
    tables = " ".join(cell.text for table in Document(str(notice)).tables for row in table.rows for cell in row.cells)
    assert "When was the notification sent to the Panel? (day 0)" in tables
    assert "Say whether you come" not in tables, "what the office does stands in no letter to the Panel"


def test_a_timetable_stands_in_the_order_of_its_days(office: Workspace) -> None:
    table = markdown(office)["timetable"]
    days = [datetime.strptime(day, "%d %b %Y") for day in re.findall(r"\| \w{3} (\d+ \w+ 2026) \|", table)]
    assert len(days) > 10
    assert days[1:] == sorted(days[1:])
    assert "2 agencies" in table
    assert "8 people" in table


def test_the_thresholds_guide_says_what_the_table_says(office: Workspace) -> None:
    guide, table = markdown(office)["thresholds_guide"], office.library.tables["thresholds"].model
    for row in table.rows:
        assert row.because in guide
    assert table.words
    for meaning in table.words.values():
        assert meaning.strip() in guide


def test_a_letter_to_a_person_writes_its_day_out(office: Workspace) -> None:
    for name in ("family_letter", "recognition_letter"):
        (letter,) = office.papers.rglob(f"{name}*.docx")
        assert "Tuesday 5 May 2026" in " ".join(part.text for part in Document(str(letter)).paragraphs)


def test_papers_for_families_name_their_link_person_and_not_the_office(office: Workspace) -> None:
    for name in ("family_leaflet", "children_version"):
        assert "link person for the family, family.link@northmoor-scp.example.org" in markdown(office)[name]
        assert "business support" not in markdown(office)[name]


@pytest.fixture(scope="module")
def drawn(office: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every paper as a PDF, by name, all in one call."""
    if not all(PROGRAMS):
        pytest.skip("left out: papers are drawn where LibreOffice (soffice) and poppler are installed")
    into = tmp_path_factory.mktemp("drawn")
    papers = sorted(map(str, office.papers.rglob("*.docx")))
    profile = f"-env:UserInstallation=file://{into}/profile"
    command = [str(PROGRAMS[0]), profile, "--headless", "--convert-to", "pdf", "--outdir", str(into), *papers]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {path.stem.partition("-")[0]: path for path in into.glob("*.pdf")}


def said(*command: str | None) -> str:
    return subprocess.run(
        [str(word) for word in command], check=True, capture_output=True, text=True, timeout=30
    ).stdout


@pytest.mark.timeout(180)
def test_every_word_paper_is_drawn_on_a4_with_its_head_and_foot_on_each_page(
    office: Workspace, drawn: dict[str, Path]
) -> None:
    documents = {name: loaded.model for name, loaded in office.library.documents.items()}
    expected = {name for name, document in documents.items() if DocumentFormat.WORD in document.formats}
    assert drawn.keys() == expected
    for name, path in drawn.items():
        sizes = re.findall(r"Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", said(PROGRAMS[1], "-l", "99", str(path)))
        across = documents[name].page is Page.LANDSCAPE
        assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {A4[across]}, name
        pages = said(PROGRAMS[2], "-layout", str(path), "-").split("\f")[:-1]
        assert len(pages) == len(sizes)
        for number, page in enumerate(pages, start=1):
            assert "Northmoor SCP" in page.strip().split("\n\n")[0], name
            assert f"Page {number} of {len(pages)}" in page, name
            assert page.count(documents[name].marking or "OFFICIAL-SENSITIVE") >= 2 or documents[name].marking == "none"
            assert not PROMISE.search(page), f"{name}, page {number}"


def test_no_word_is_cut_in_a_narrow_column(office: Workspace, drawn: dict[str, Path]) -> None:
    for name, text in markdown(office).items():
        if name in drawn:
            pages = said(PROGRAMS[2], "-layout", str(drawn[name]), "-")
            cut = {word for word in re.findall(r"(?<![\w.@-])[A-Za-z]{5,}(?![\w.@-])", text) if word not in pages}
            assert cut == set(), name


def test_what_is_short_stays_short(drawn: dict[str, Path]) -> None:
    pages = {name: len(said(PROGRAMS[2], str(path), "-").split("\f")) - 1 for name, path in drawn.items()}
    assert pages["thresholds_guide"] == 2
    assert pages["chronology_template"] == 2
    assert pages["methodology_options"] == 2


def test_a_table_that_goes_on_repeats_its_head(drawn: dict[str, Path]) -> None:
    pages = said(PROGRAMS[2], "-layout", str(drawn["methodology_options"]), "-").split("\f")
    assert all("What it yields" in page for page in pages[:2])


def test_no_page_begins_with_what_only_ends_a_letter(drawn: dict[str, Path]) -> None:
    for name, path in drawn.items():
        for page in said(PROGRAMS[2], "-layout", str(path), "-").split("\f")[1:]:
            body = page.strip().split("\n\n", 1)[-1].strip()
            assert not body.startswith("Thank you."), name
