"""The pages that list things list all of them: commands by what they are for, settings of the environment."""

import re
import sys

from typer.main import get_command

from reviewflow.cli import app
from reviewflow.cli.extras import EXTRAS, WHAT_FOR
from tests.docs.reader import ROOT

sys.path.insert(0, str(ROOT / "docs" / "_site"))
import commands as told

OURS = ("reviewflow", "notifications", "tasks", "flows")
SETTING = re.compile(r"REVIEWFLOW_[A-Z_]+")
BETWEEN_PROGRAMS = {"REVIEWFLOW_PARENT", "REVIEWFLOW_READY"}
"""Given by one of our programs to another."""


def test_every_command_is_found_by_what_it_is_for() -> None:
    commands = getattr(get_command(app), "commands", {})
    shown = [name for name, command in commands.items() if not command.hidden]
    listed = [name for names in told.PURPOSES.values() for name in names]
    assert sorted(listed) == sorted(shown)


def test_every_setting_is_told() -> None:
    texts = [path.read_text("utf-8") for folder in OURS for path in (ROOT / folder).rglob("*.py")]
    page = (ROOT / "docs" / "running.md").read_text("utf-8")
    read = {name for text in texts for name in SETTING.findall(text)} - BETWEEN_PROGRAMS
    assert [name for name in sorted(read) if f"`{name}" not in page] == []


def test_every_extra_is_told_for_what_it_is() -> None:
    page = (ROOT / "docs" / "running.md").read_text("utf-8")
    assert [name for name, words in WHAT_FOR.items() if f"| `{name}` | {words}" not in page] == []
    assert [name for name in EXTRAS if name not in WHAT_FOR] == []
