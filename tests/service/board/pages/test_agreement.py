"""The page, the terminal and the JSON say the same, because all come from one model."""

import json
import re
from html.parser import HTMLParser

import pytest

from reviewflow.cli.console import plain
from reviewflow.cli.tables.today import today_page
from reviewflow.service.board.cases import cases_page
from reviewflow.service.board.pages.rendering import as_html
from reviewflow.service.board.today import Today, glances, of_glances, today
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words
from tests.service.board.conftest import NOW


class Reader(HTMLParser):
    """The rows of each section, as the words of their cells, and the headline."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.headline, self._section, self._inside = "", "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "br":
            self.handle_data(" ")
        if tag == "section":
            self._section = str(named.get("id") or named.get("aria-labelledby"))
        if tag in {"tr", "li", "dd"}:
            self.rows.setdefault(self._section, []).append([])
        if tag in {"td", "th", "li", "dd"}:
            self.rows[self._section][-1].append("")
        self._inside = tag if tag in {"h1", "title", "style", "desc"} else "" if tag == "section" else self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self.headline += data
        elif not self._inside and self._section and self.rows.get(self._section) and self.rows[self._section][-1]:
            self.rows[self._section][-1][-1] += data


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def morning(demo_office: Workspace) -> Today:
    return today(demo_office, now=NOW)


@pytest.fixture(scope="module")
def drawn(morning: Today) -> Reader:
    return Reader(as_html(morning))


def in_terminal(morning: Today, capsys: pytest.CaptureFixture[str]) -> str:
    today_page(morning)
    return capsys.readouterr().out


def test_the_headline_is_one(morning: Today, drawn: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    assert words(drawn.headline) == morning.headline
    assert in_terminal(morning, capsys).splitlines()[1] == morning.headline


def test_what_is_late_stands_alike_in_the_page_and_in_the_terminal(
    morning: Today, drawn: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = [[words(cell) for cell in row] for row in drawn.rows["late"][1:]]
    assert [(row[0].partition(" due ")[0], row[2]) for row in shown] == [
        (owed.words.removesuffix(" overdue"), owed.who) for owed in morning.late
    ]
    assert all(owed.reference in row[1] for owed, row in zip(morning.late, shown, strict=True))
    terminal = in_terminal(morning, capsys)
    assert f"Late now ({len(morning.late)})" in terminal
    part = terminal.partition("Late now")[2].partition("Will each clock")[0]
    assert re.findall(r"^(\d+ working days?)  ", part, re.M) == [
        row.words.removesuffix(" overdue") for row in morning.late
    ]


def test_each_clock_stands_alike(morning: Today, drawn: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = in_terminal(morning, capsys)
    shown = drawn.rows["clocks"][1:]
    assert len(shown) == len(morning.clocks)
    for clock, row in zip(morning.clocks, shown, strict=True):
        cells = words(" ".join(row))
        for said in (clock.reference, clock.day_words, day_words(clock.due), str(clock.verdict).capitalize()):
            assert said in cells
            assert said in terminal


def test_what_falls_due_stands_alike(morning: Today, drawn: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    due = [row for owed in morning.days for row in owed.rows]
    page, terminal = words(" ".join(cell for row in drawn.rows["due"] for cell in row)), in_terminal(morning, capsys)
    assert f"next five working days ({len(due)})" in terminal
    assert all(row.what in page and row.who in page for row in due)


def test_the_list_of_cases_counts_what_the_morning_counts(demo_office: Workspace) -> None:
    seen = list(glances(demo_office, now=NOW))
    cases, morning = cases_page(demo_office, seen, now=NOW), of_glances(demo_office, seen, now=NOW)
    shown = Reader(as_html(cases)).rows["h-table"][1:]
    counts = [re.match(r"\d+|none", words(row[4])) for row in shown]
    assert sum(int(count[0]) for count in counts if count and count[0] != "none") == len(morning.late)


def test_other_programs_get_the_same_as_json(morning: Today) -> None:
    from dataclasses import asdict

    data = json.loads(json.dumps(asdict(morning), default=plain))
    assert [row["words"] for row in data["late"]] == [row.words for row in morning.late]
    assert [clock["verdict"] for clock in data["clocks"]] == [str(clock.verdict) for clock in morning.clocks]
