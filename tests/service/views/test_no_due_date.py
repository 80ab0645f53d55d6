"""What is owed without a day is told with why it has none."""

import shutil
from pathlib import Path

import pytest

from reviewflow.cli.tables.today import today_page as terminal_page
from reviewflow.service.board.pages.rendering import as_html
from reviewflow.service.board.today import today
from reviewflow.service.board_markdown.today import today_page
from reviewflow.service.views.no_due_date import undated
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened
from tests.service.conftest import TOY

NEVER = "3 working days after read"
WHY = "Due 3 working days after “Read the return” is done, which has not happened yet"


def test_what_is_owed_without_a_day_is_told_with_why(office: Workspace, tmp_path: Path) -> None:
    """A meeting that does not wait for the readings it counts from, and a submission with no due day."""
    shutil.copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    words = process.read_text().replace("    after: read\n", "").replace("10 working days after notified", NEVER)
    process.write_text(words.replace("    due: on submission\n", ""))
    changed = Workspace(office.store, tmp_path / "toy")
    reference = opened(changed, agencies=("police",))
    [found] = undated(changed, now=at(6))
    assert (found.line.item, found.why) == ("meeting", WHY)
    done(changed, reference, "agency_return/police", at(12))
    done(changed, reference, "read/police", at(12))
    assert undated(changed, now=at(12)) == []
    done(changed, reference, "meeting", at(13), held_on="2026-05-13", learning="no")
    [found] = undated(changed, now=at(13))
    assert (found.line.item, found.why) == ("submit", "Its process gives it no day")


def test_the_board_lists_it_on_the_page_in_prefect_and_in_the_terminal(
    office: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    words = process.read_text().replace("    after: read\n", "").replace("10 working days after notified", NEVER)
    process.write_text(words)
    changed = Workspace(office.store, tmp_path / "toy")
    opened(changed, agencies=("police",))
    seen = today(changed, now=at(6))
    [row] = seen.undated
    assert (row.line.item, row.why) == ("meeting", WHY)
    terminal_page(seen)
    shown = (as_html(seen), today_page(seen).text, " ".join(capsys.readouterr().out.split()))
    assert ["Owed, and no day is set" in words for words in shown] == [True] * 3
    assert ["which has not happened yet" in words for words in shown] == [True] * 3
