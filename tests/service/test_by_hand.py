"""What a manager may change by hand, as choices; and what is shown where many look."""

import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.views.board.pictures import pictures
from reviewflow.service.views.case_page.page import page_of
from reviewflow.service.views.manual_changes import choices, command, form, posts
from reviewflow.service.views.redaction import item_of, redacted, typed_in_case, without_typed
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened

HERE = Path(__file__).parent.parent
NOW = at(5)
LABELS = ["Marigold room", "Saffron room"]
ACTION = {"what": "Talk with Thistledown", "lead": "police", "by": "2026-06-01"}


@pytest.fixture
def reference(office: Workspace, tmp_path: Path) -> str:
    folder = tmp_path / "definitions"
    shutil.copytree(HERE / "toy", folder)
    shutil.copytree(HERE / "prefect" / "everything", folder, dirs_exist_ok=True)
    office.folder = folder
    opening = c.Open({"aware": date(2026, 5, 5), "decided": date(2026, 5, 5)}, ("police", "health"))
    return open_case(office, "everything", opening, by=BY, now=NOW).case.reference


def chosen(office: Workspace, reference: str, change: str, **answers: str) -> c.Command:
    given: Mapping[str, object] = {"change": change, "reason": "it is so agreed", **answers}
    return command(reference, given, choices(office, find(office, reference), now=NOW), posts(office))


def test_every_choice_of_the_form_stands_for_a_command(office: Workspace, reference: str) -> None:
    possible = choices(office, find(office, reference), now=NOW)
    assert list(possible) == [
        "Start a step: Meet again",
        "Hold: A court",
        "Set a date: Publication",
        "Give more time: Speak at once",
        "Give more time: Draw up the plan",
        "Give more time: Choose the method",
        "Give more time: Write the report",
        "Give more time: Look at it",
        "Give more time: The answer of the Panel",
        "Go on without: Speak at once",
        "Go on without: Draw up the plan",
        "Go on without: Choose the method",
        "Go on without: Write the report",
        "Go on without: Look at it",
        "Go on without: The answer of the Panel",
        "End the case: The criteria are not met",
    ]
    asked = form(reference, possible, posts(office))
    assert asked["properties"]["change"]["enum"] == list(possible)
    assert asked["required"] == ["change", "reason", "answered_by"]
    assert chosen(office, reference, "Start a step: Meet again") == c.OpenStep("again", "it is so agreed")
    assert chosen(office, reference, "Hold: A court", post="Business manager", day="2026-06-01") == c.Hold(
        "court", "it is so agreed", "Business manager", date(2026, 6, 1)
    )
    more = chosen(office, reference, "Give more time: Draw up the plan", day="2026-06-01", post="Business manager")
    assert more == c.Extend("plan", date(2026, 6, 1), "business_manager", "it is so agreed")
    assert chosen(office, reference, "Go on without: Draw up the plan") == c.Skip("plan", "it is so agreed")
    assert chosen(office, reference, "End the case: The criteria are not met") == c.End("not_met", "it is so agreed")


def test_what_is_held_can_be_looked_at_and_released(office: Workspace, reference: str) -> None:
    carry_out(office, reference, chosen(office, reference, "Hold: A court"), by=BY, now=NOW)
    assert chosen(office, reference, "Release: A court") == c.Release("court", "it is so agreed")
    assert chosen(office, reference, "Looked at, and stays held: A court") == c.Hold("court", "it is so agreed")
    with pytest.raises(Refused, match="the case has moved on"):
        chosen(office, reference, "Hold: A court")


def test_a_clock_that_was_not_met_is_explained(office: Workspace, reference: str) -> None:
    late, later = opened(office), at(30, month=7)
    possible = choices(office, find(office, late), now=later)
    [change] = [each for each in possible if each.startswith("Say why it is late")]
    wanted = command(late, {"change": change, "reason": "a trial was listed"}, possible, posts(office))
    assert isinstance(wanted, c.RecordBreach)
    assert carry_out(office, late, wanted, by=BY, now=later).events


@pytest.mark.parametrize(
    ("change", "answers", "said"),
    [
        ("Set a date: Publication", {}, "A day is needed"),
        ("Set a date: Publication", {"day": "soon"}, "To which day"),
        ("Give more time: Draw up the plan", {"day": "2026-06-01"}, "the post that grants it is needed"),
        ("Stop everything", {}, "the case has moved on"),
    ],
)
def test_what_is_missing_is_said(
    office: Workspace, reference: str, change: str, answers: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        chosen(office, reference, change, **answers)


def test_a_case_that_is_over_leaves_no_choice(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.End("not_met", "agreed"), by=BY, now=NOW)
    with pytest.raises(Refused, match="cannot be changed any more: it is ended"):
        choices(office, find(office, reference), now=NOW)


def planned(office: Workspace, reference: str) -> None:
    answers = {"sessions": LABELS, "actions": [ACTION, ACTION], "paper": "Cupboard Bramblewick"}
    carry_out(office, reference, c.Complete("plan", answers), by=BY, now=NOW)


def test_nothing_that_was_typed_is_shown_to_many(office: Workspace, reference: str) -> None:
    planned(office, reference)
    carry_out(office, reference, c.Hold("court", "because Hollyhock asked"), by=BY, now=NOW)
    carry_out(office, reference, c.Link("parallel", "Foxglove 17", "because Hollyhock asked"), by=BY, now=NOW)
    row = find(office, reference)
    context = office.context(row, NOW)
    seen = page_of(context, row, redacted(context))
    titles = [line.title for line in seen.steps if line.step in {"Hold the session", "Do the action"}]
    assert titles == ["Hold the session · 1", "Hold the session · 2", "Do the action · 1", "Do the action · 2"]
    assert [link.words for link in seen.related] == [
        "Runs beside it: another office's proceedings (it stops nothing)",
    ]
    cases, work, ended = pictures(office, [row], now=NOW)
    shown = f"{cases} {work} {ended}".lower()
    assert [
        word for word in ("marigold", "saffron", "thistledown", "bramblewick", "hollyhock", "foxglove") if word in shown
    ] == []


def test_an_item_is_known_again_by_what_is_shown_of_it(office: Workspace, reference: str) -> None:
    planned(office, reference)
    row = find(office, reference)
    plan, case = office.plan(row.definition), load(reference, row.state)
    for item in plan.all_items(case):
        assert item_of(plan, case, shown_item(plan, item)) == item
    assert shown_item(plan, "session/marigold_room") != "session/marigold_room"
    assert shown_item(plan, "act/1") == "act/1"
    assert {"marigold_room", "saffron_room"} <= set(typed_in_case(plan, case))


def test_a_refusal_is_told_without_what_was_typed() -> None:
    long = "Marigold " * 20
    assert (
        without_typed(f'sessions: "{long[:40]}..." has 180 characters', [long]) == 'sessions: "…..." has 180 characters'
    )
    assert without_typed("plan: a note is needed", ["a", ""]) == "plan: a note is needed"
    assert without_typed("held since Monday: Hollyhock asked", ["Hollyhock asked"]) == "held since Monday: …"


def test_a_long_case_is_drawn_up_to_what_comes_soon(office: Workspace, reference: str) -> None:
    """A message takes no time, what was not needed is left out, and what is far away is counted."""
    [case], _, _ = pictures(office, [find(office, reference)], now=NOW)
    titles = [task.title for task in case.tasks]
    assert "Tell the other system" not in titles
    assert "Meet again" not in titles
    assert "Draw up the plan" in titles
    assert titles[-1] == "Later: 1 more step"


def test_the_papers_of_a_case_are_named_on_its_page(office: Workspace, reference: str, tmp_path: Path) -> None:
    planned(office, reference)
    office.papers = tmp_path / "documents"
    folder = office.papers / reference
    folder.mkdir(parents=True)
    for name in ("agenda.docx", "agenda.md", "sheet-marigold_room.md", "half.md.part"):
        (folder / name).touch()
    [case], _, _ = pictures(office, [find(office, reference)], now=datetime(2026, 5, 6, 9, tzinfo=UTC))
    assert f"- `{reference}/agenda.docx`, `.md`\n- `{reference}/sheet-*.md`" in case.page
    assert "hours" in case.page
