"""What a paper shows of a table to which lines are added: the lines so far, without what somebody typed in them."""

from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.documents.case_tables import answers_table, given_answers
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at

TOY = Path(__file__).parents[2] / "toy"
PROCESS = """
language: 1
process: entered
version: 1
title: Entered as they come
reference: EN-{year}-{number}
opening: {dates: {notified: When?}, agencies: at least 1}
steps:
  log:
    title: Enter each complaint
    owner: chair
    form:
      complaints:
        type: rows
        label: Which came?
        grows: yes
        columns:
          came: {type: date, label: On which day}
          about: {type: note, label: About what}
  notes:
    title: Enter each note
    owner: chair
    form:
      noted: {type: rows, label: What was noted?, grows: yes, columns: {what: {type: note, label: What}}}
"""


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Workspace:
    folder = copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "entered.yaml").write_text(PROCESS)
    store = open_store(sqlite_url)
    store.migrate()
    return Workspace(store, folder)


def test_a_paper_shows_the_lines_of_a_table_open_or_closed_without_their_texts(office: Workspace) -> None:
    case = open_case(office, "entered", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(5)).case.reference

    def shown(day: int, command: c.Command) -> str:
        carry_out(office, case, command, by=BY, now=at(day))
        said = answers_table(office.context(find(office, case), at(day)), given_answers(office.store, case))
        assert "bread" not in said, "no words that somebody typed"
        return said

    lines = [{"came": f"2026-05-0{day}", "about": "bread"} for day in (5, 6, 7)]
    said = shown(7, c.Complete("log", {"complaints": lines, "more_to_come": "yes"}))
    assert "1. On which day: Tue 5 May 2026 \\| 2. On which day: Wed 6 May 2026" in said
    assert "more lines may come | Thu 7 May 2026" in said
    said = shown(8, c.WithdrawLine("log.complaints", 2, "entered twice"))
    assert (
        "1. On which day: Tue 5 May 2026 \\| 3. On which day: Thu 7 May 2026; more lines may come | Fri 8 May" in said
    )
    said = shown(9, c.Complete("log", {"more_to_come": "no"}))
    assert "3. On which day: Thu 7 May 2026 | Sat 9 May 2026" in said
    said = shown(9, c.Complete("notes", {"noted": [{"what": "bread"}], "more_to_come": "yes"}))
    assert "What was noted: 1 line; more lines may come" in said
