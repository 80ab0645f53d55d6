"""What of the stored cases ought to be seen on the board."""

import base64
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

from reviewflow.case.model import commands
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.views.in_prefect.shown import Standing
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened
from tests.service.views.plans import planned


def test_a_case_is_drawn_on_its_page(office: Workspace, reference: str) -> None:
    """A message takes no time, what was not needed is left out, and what is far away is counted."""
    [case], _, _ = pictures(office, [find(office, reference)], now=at(5))
    [drawing] = re.findall(r"data:image/svg\+xml;base64,([^)]+)", case.page)
    titles = [
        text.text or "" for text in ET.fromstring(base64.b64decode(drawing)).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "Tell the other system" not in " ".join(titles)
    assert "Meet again" not in " ".join(titles)
    assert "Waiting: Draw up the plan" in titles
    assert "Later: 1 more step" in titles


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


def test_each_round_ends_and_begins_under_a_key_of_its_own(office: Workspace) -> None:
    reference = opened(office, ("police",))
    first, second = (f"{reference}/agency_return/police/{number}" for number in (1, 2))
    done(office, reference, "agency_return/police", at(12))
    _, work, ended = pictures(office, office.store.cases(), now=at(13))
    assert ended[first] is Standing.DONE
    done(office, reference, "read/police", at(13), enough="no")
    _, work, ended = pictures(office, office.store.cases(), now=at(13))
    assert [view.key for view in work] == [second]
    assert second not in ended


def test_of_what_comes_again_the_rounds_before_were_done(office: Workspace, reference: str) -> None:
    done(office, reference, "look", at(20))
    _, work, ended = pictures(office, [find(office, reference)], now=at(20))
    assert f"{reference}/look/2" in {view.key for view in work}
    assert ended[f"{reference}/look/1"] is Standing.DONE


def test_of_what_comes_again_a_round_that_was_skipped_is_not_shown_as_done(office: Workspace, reference: str) -> None:
    carry_out(office, reference, commands.Skip("look", "nobody was there"), by=BY, now=at(20))
    _, _, ended = pictures(office, [find(office, reference)], now=at(20))
    assert ended[f"{reference}/look/1"] is Standing.SKIPPED


def test_a_case_that_is_over_leaves_nothing_to_answer(office: Workspace, reference: str) -> None:
    carry_out(office, reference, commands.End("not_met", "the Panel agrees"), by=BY, now=at(6))
    [case], work, ended = pictures(office, [find(office, reference)], now=at(6))
    assert (case.closed, case.label, work) == (True, "Ended", [])
    assert case.message == "The criteria are not met"
    assert ended[f"{reference}/speak/1"] is Standing.NOT_NEEDED
