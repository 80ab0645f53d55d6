"""The board in Markdown: the pages say what the model says, lead to each other and to the cases, and hide nothing."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from reviewflow.service.board import figures
from reviewflow.service.board.facts import seen
from reviewflow.service.board.pages.writing import write_board
from reviewflow.service.board.today import glances, of_glances
from reviewflow.service.board_markdown.page import BoardPage
from reviewflow.service.board_markdown.pages import health_alone, pages_of_cases, today_alone
from reviewflow.service.views.in_prefect.links import TITLES
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import moment_words
from tests.service.board.conftest import NOW
from tests.service.board.pages.test_agreement import Reader, words


@pytest.fixture(scope="module")
def pages(demo_office: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BoardPage]:
    place = tmp_path_factory.mktemp("board") / "seen.json"
    return {
        page.key: page
        for page in (*pages_of_cases(demo_office, place, now=NOW), *health_alone(demo_office, {}, now=NOW))
    }


def rows(page: BoardPage, heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    lines = page.text.partition(f"### {heading}")[2].partition("\n### ")[0].splitlines()
    table = [line for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table[2:]]


def test_each_page_has_a_headline_and_leads_to_all_others(pages: dict[str, BoardPage]) -> None:
    assert list(pages) == list(TITLES)
    for key, page in pages.items():
        assert page.text.startswith(f"## {TITLES[key]}: ")
        assert page.about.startswith(f"**{TITLES[key]}.** ")
        linked = set(re.findall(r"\]\(/page/([^)]+)\)", page.text.splitlines()[2]))
        assert linked == TITLES.keys() - {key}


def test_each_page_says_first_what_the_board_says_first(
    pages: dict[str, BoardPage], demo_office: Workspace, tmp_path: Path
) -> None:
    """In Prefect five cases were open, two with something late, where the board told of their clocks."""
    write_board(demo_office, tmp_path, {}, now=NOW)
    for key, file in {"today": "index"}.items() | {(each, each) for each in ("cases", "agencies", "actions", "health")}:
        headline = words(Reader((tmp_path / f"{file}.html").read_text(encoding="utf-8")).headline)
        assert pages[key].about == f"**{TITLES[key]}.** {headline}"


def test_today_says_what_the_model_says_with_what_decides_in_front(
    pages: dict[str, BoardPage], demo_office: Workspace
) -> None:
    seen = of_glances(demo_office, glances(demo_office, now=NOW), now=NOW)
    late = rows(pages["today"], "Late now")
    assert seen.late
    assert [line[0] for line in late] == [f"**{row.words}**" for row in seen.late]
    assert late[0][1] == f"[{seen.late[0].reference}](/page/{seen.late[0].reference.lower()})"
    clocks = rows(pages["today"], "Clocks")
    assert [line[0] for line in clocks] == [f"**{clock.verdict}**" for clock in seen.clocks]
    assert seen.headline in pages["today"].text


def test_what_was_sent_to_the_police_stands_on_one_page(pages: dict[str, BoardPage]) -> None:
    sent = rows(pages["agencies"], "Sent to Northmoor Police")
    assert len(sent) == 15
    assert sent[0][3] == "Has our request arrived?"


def test_every_open_case_is_on_the_page_of_cases(pages: dict[str, BoardPage], demo_office: Workspace) -> None:
    listed = rows(pages["cases"], "Open cases")
    assert len(listed) == len(demo_office.store.cases("open"))
    assert pages["cases"].text.count("**") == 2 * sum("**" in cell for line in listed for cell in line)


def test_after_an_answer_only_today_is_made_and_says_the_same(demo_office: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "seen.json"
    [page] = today_alone(demo_office, place, now=NOW)
    assert place.exists()
    assert today_alone(demo_office, place, now=NOW) == [page]


def test_in_a_large_office_an_answer_goes_through_no_other_case(
    demo_office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "seen.json"
    today_alone(demo_office, place, now=NOW)
    monkeypatch.setattr(seen, "AT_ONCE", 3_000)
    monkeypatch.setattr(demo_office.store, "cases", lambda *_: pytest.fail("other cases were read"))
    assert today_alone(demo_office, place, now=NOW) == []


def test_no_cell_breaks_its_table(pages: dict[str, BoardPage]) -> None:
    for page in pages.values():
        for table in re.findall(r"(?:^\|.*\n)+", page.text, re.M):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_events_of_all_cases_are_read_once_a_day_and_not_by_each_sweep(
    demo_office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "seen.json"
    first = pages_of_cases(demo_office, place, now=NOW)
    monkeypatch.setattr(figures, "facts", lambda *_: pytest.fail("every event was read"))
    later = pages_of_cases(demo_office, place, now=NOW + timedelta(hours=2))
    assert [page for page in later if page.key == "year"] == [page for page in first if page.key == "year"]
    counted = f"counted once a day, last at {moment_words(NOW)}: what was recorded since then is counted tomorrow."
    assert {page.key for page in later if counted in page.text} == {"year", "agencies"}
    (tmp_path / "seen-figures.json").write_text("damaged")
    with pytest.raises(pytest.fail.Exception, match="every event was read"):
        pages_of_cases(demo_office, place, now=NOW)
