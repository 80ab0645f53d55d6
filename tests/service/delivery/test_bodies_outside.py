"""A body outside is written to alone, kindly and seldom; what does not reach it goes to nobody else."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from reviewflow.case.model import commands as c
from reviewflow.service.board.agencies import agencies_page
from reviewflow.service.board.today import glances
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.queue import failed, next_letter
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at
from tests.service.conftest import TOY
from tests.service.delivery.letters import knows, post

PANEL = "post@panel.example.org"
WAITED_FOR = {"owner": "business_support", "waits_for": "panel", "ladder": "awaited"}
PROCESS = {
    "language": 1,
    "process": "asking",
    "version": 1,
    "title": "Asking",
    "reference": "AS-{year}-{number}",
    "opening": {"dates": {"notified": "When it was notified"}},
    "steps": {
        "reply": {"title": "What it says", "due": "2 working days after notified", **WAITED_FOR},
        "view": {"title": "Its view", "due": "2 working days after notified", **WAITED_FOR},
    },
}
AWAITED = {
    "title": "What a body outside is asked for",
    "rungs": [
        {"when": "on the day", "to": "outside", "message": "waiting"},
        {"when": "1 working day after", "to": ["owner", "business_manager"], "message": "reminder"},
        {"when": "3 working days after", "to": "outside", "message": "waiting"},
    ],
}
WAITING = {
    "language": 1,
    "message": "waiting",
    "subject": "Waiting for you: {reference}",
    "text": "{reference}: {step}, hoped for by {due}. You can answer {answer} {next} Ring {contact_phone}.",
}


@pytest.fixture
def reference(office: Workspace, tmp_path: Path) -> str:
    folder = tmp_path / "asking"
    shutil.copytree(TOY, folder)
    partnership = yaml.safe_load((folder / "partnership.yaml").read_text(encoding="utf-8"))
    partnership["outside"] = {"panel": {"title": "The Panel", "email": PANEL, "domains": ["panel.example.org"]}}
    ladders = yaml.safe_load((folder / "ladders.yaml").read_text(encoding="utf-8"))
    ladders["ladders"]["awaited"] = AWAITED
    written = {
        "partnership": partnership,
        "ladders": ladders,
        "processes/asking": PROCESS,
        "messages/waiting": WAITING,
    }
    for name, data in written.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    office.folder = folder
    return open_case(office, "asking", c.Open({"notified": date(2026, 5, 5)}), by=BY, now=at(5)).case.reference


def test_its_letter_says_how_to_answer_without_a_page_and_names_nobody_else(office: Workspace, reference: str) -> None:
    chase_due_items(office, now=at(7))
    [letter] = post(office, at(7))
    assert (letter.address, len(letter.notices)) == (PANEL, 2)
    text = letter.notices[0].text
    assert text == (
        f"{reference}: What it says, hoped for by Thu 7 May 2026. You can answer by telephone, 01632 960100, or by "
        f"mail to support@scp.example.org; say {reference}. If nothing has arrived by Tue 12 May 2026, we write again. "
        "Ring 01632 960100.\n"
    )
    assert audit(office) == (1, [])


def test_the_office_hears_that_nothing_came_at_once_and_nobody_is_told_that_it_is_theirs(
    office: Workspace, reference: str
) -> None:
    for day in (7, 8):
        chase_due_items(office, now=at(day))
        gone = post(office, at(day))
    assert {(letter.address, notice.message) for letter in gone for notice in letter.notices} == {
        ("support@scp.example.org", "reminder"),
        ("manager@scp.example.org", "reminder"),
    }


def test_what_does_not_reach_it_goes_to_nobody_else_and_business_support_hears_of_it(
    office: Workspace, reference: str
) -> None:
    chase_due_items(office, now=at(7))
    ready = next_letter(office, now=at(7))
    assert ready is not None
    failed(office, ready, now=at(7), detail="The mail server refused this address for good (550).", next_try=None)
    told = [letter for letter in post(office, at(7)) if letter.address != PANEL]
    assert {(letter.address, notice.message) for letter in told for notice in letter.notices} == {
        ("support@scp.example.org", "undelivered")
    }
    assert "look at outside, panel, email in partnership.yaml" in told[0].notices[0].text
    assert any("did not reach The Panel" in entry.words for entry in history(office, reference))


def test_nothing_goes_to_an_address_outside_its_domains(office: Workspace, reference: str) -> None:
    body = office.partnership.outside["panel"].model_copy(update={"email": "post@panle.example.org"})
    knows(office, outside={"panel": body})
    chase_due_items(office, now=at(7))
    assert [letter.address for letter in post(office, at(7))] == ["support@scp.example.org"]
    assert any(
        "The address is not at a mail domain that partnership.yaml lists for The Panel" in entry.words
        for entry in history(office, reference)
    )


def test_a_chase_by_hand_goes_to_it_and_its_answer_takes_back_what_waits(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.ChaseByHand("reply"), by=BY, now=at(6))
    [notice] = office.store.notices(reference)
    assert (notice.recipient, notice.status) == ("outside:panel", "queued")
    carry_out(office, reference, c.Complete("reply", {}), by=BY, now=at(6))
    assert post(office, at(6)) == []


def test_the_board_shows_whom_the_office_waits_for_beside_the_agencies(office: Workspace, reference: str) -> None:
    chase_due_items(office, now=at(7))
    post(office, at(7))
    page = agencies_page(office, list(glances(office, now=at(8))), {}, counted=at(8), now=at(8))
    [line] = page.bodies
    assert (line.title, [row.what for row in line.awaited], len(line.messages)) == (
        "The Panel",
        ["What it says", "Its view"],
        2,
    )
    assert page.lines == ()


def test_it_hears_once_that_the_case_of_which_it_was_written_to_was_withdrawn(
    office: Workspace, reference: str
) -> None:
    chase_due_items(office, now=at(7))
    post(office, at(7))
    carry_out(office, reference, c.Withdraw("it was not ours"), by=BY, now=at(8))
    [told] = [letter for letter in post(office, at(8)) if letter.address == PANEL]
    assert [notice.message for notice in told.notices] == ["case_withdrawn"]
    assert "was withdrawn. It does not go on." in told.notices[0].text


def test_it_hears_nothing_of_a_case_of_which_no_letter_reached_it(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Withdraw("it was not ours"), by=BY, now=at(6))
    assert [letter for letter in post(office, at(8)) if letter.address == PANEL] == []
    begun = open_case(office, "asking", c.Open({"notified": date(2026, 5, 5)}), by=BY, now=at(8)).case.reference
    chase_due_items(office, now=at(8))
    carry_out(office, begun, c.Withdraw("it was not ours"), by=BY, now=at(8))
    assert [letter for letter in post(office, at(11)) if letter.address == PANEL] == []


def test_nor_where_only_a_post_here_was_told_that_nothing_came(office: Workspace, reference: str) -> None:
    chase_due_items(office, now=at(8))
    assert {letter.address for letter in post(office, at(8))} == {"support@scp.example.org", "manager@scp.example.org"}
    carry_out(office, reference, c.Withdraw("it was not ours"), by=BY, now=at(8))
    assert PANEL not in {letter.address for letter in post(office, at(11))}
