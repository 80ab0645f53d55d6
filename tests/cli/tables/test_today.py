"""The morning in the terminal stands word for word in `today.txt` beside this."""

from pathlib import Path

import pytest

from reviewflow.cli.tables.today import today_page
from reviewflow.service.board.today import today
from reviewflow.service.workspace.workspace import Workspace
from tests.service.board.conftest import NOW, demo_database, demo_office

__all__ = ["demo_database", "demo_office"]

GOLDEN = Path(__file__).parent / "today.txt"


def test_the_morning_stays_as_it_is_written_down(
    demo_office: Workspace,
    update_golden: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    today_page(today(demo_office, now=NOW))
    said = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
    if update_golden:
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")
