"""What a letter says of the next one is what a mailbox that gets one letter a day can get."""

from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.messages.fields.chasing import next_words
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at
from tests.service.conftest import TOY

LADDER = """
  today:
    title: Several times on the day
    rungs:
      - {when: on the day, to: owner, message: reminder}
      - {when: on the day, at: 15:00, to: [owner, business_manager], message: reminder}
      - {when: 1 working day after, at: 07:00, to: REST, message: overdue}
"""
CALL = """
language: 1
process: call
version: 1
title: Ring back
reference: CAL-{year}-{number}
opening: {dates: {notified: When was it heard}}
steps:
  ring: {title: Ring back, owner: chair, due: 5 working days after notified, ladder: today}
"""
READER = ("role:chair",)


@pytest.mark.parametrize(
    ("rest", "urgent", "words"),
    [
        ("[owner, partner_police]", False, "by Wed 13 May 2026, we write again, and to the Police partner too."),
        ("[owner, partner_police]", True, "by 15:00 today, we write again, and to the Business manager too."),
        ("[partner_police]", False, "by Wed 13 May 2026, we write again, and to the Business manager too."),
    ],
)
def test_a_letter_promises_no_other_today_unless_it_goes_at_once(
    office: Workspace, tmp_path: Path, rest: str, words: str, *, urgent: bool
) -> None:
    folder = copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "call.yaml").write_text(CALL)
    ladders, partnership = folder / "ladders.yaml", folder / "partnership.yaml"
    ladders.write_text(ladders.read_text() + LADDER.replace("REST", rest).removeprefix("\n"))
    partnership.write_text(partnership.read_text() + ("breaks_daily: [ring]\n" if urgent else ""))
    office.folder = folder
    open_case(office, "call", c.Open({"notified": NOTIFIED}), by=BY, now=at(5))
    context = office.context(find(office, "CAL-2026-001"), at(12))
    assert next_words(context, "ring", "", READER) == f"If nothing has arrived {words}"


@pytest.mark.parametrize(("ladder", "before"), [("today", "If nothing has arrived"), ("none", "We will be in touch")])
def test_a_letter_about_what_is_settled_promises_nothing(
    office: Workspace, tmp_path: Path, ladder: str, before: str
) -> None:
    folder = copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "call.yaml").write_text(CALL.replace("ladder: today", f"ladder: {ladder}"))
    ladders = folder / "ladders.yaml"
    ladders.write_text(ladders.read_text() + LADDER.replace("REST", "owner").removeprefix("\n"))
    office.folder = folder
    open_case(office, "call", c.Open({"notified": NOTIFIED}), by=BY, now=at(5))
    owed = office.context(find(office, "CAL-2026-001"), at(6))
    assert next_words(owed, "ring", "", READER).startswith(before)
    carry_out(office, "CAL-2026-001", c.Complete("ring", {}), by=BY, now=at(6))
    assert next_words(office.context(find(office, "CAL-2026-001"), at(6)), "ring", "", READER) == ""
