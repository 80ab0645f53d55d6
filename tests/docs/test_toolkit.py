"""The page of the toolkit: each file that it names is there, and each command runs."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "toolkit.md").read_text("utf-8")
FILES = sorted(
    set(re.findall(r"`((?:documents|forms|groups|guidance|messages|processes|tables)/[a-z0-9_]+\.yaml)`", PAGE))
)
COMMANDS = sorted(set(re.findall(r"\| `(reviewflow [^`]+)` \|", PAGE)))


ITEMS = (
    "appreciative inquiry",
    "root cause analysis",
    "learning event",
    "case discussion",
    "thresholds",
    "lead reviewer",
    "seriously good outcome",
    "pre-referral guidance",
    "chronology",
    "request for information",
    "rapid review meeting report",
    "by case or by agency",
    "terms of reference",
    "flowchart",
    "Working Together",
    "quality assured",
    "anonymised",
    "Information for families",
    "Lessons from Case Reviews",
    "e-bulletin",
    "Practitioner briefings",
    "Child/Adult 15",
    "Family X",
    "thematic review",
    "Learning reviews",
    "Single agency action plans",
    "Association of Directors of Children's Services",
    "NSPCC",
    "Pathways to harm",
)
"""What the two pages name, by a word of its own."""


@pytest.mark.parametrize("item", ITEMS)
def test_the_page_says_where_each_item_of_the_two_pages_is(item: str) -> None:
    assert item.lower() in PAGE.lower()


@pytest.mark.parametrize("kind", ["documents", "processes", "tables"])
def test_the_page_names_every_paper_process_and_decision_table_that_is_shipped(kind: str) -> None:
    shipped = {f"{kind}/{path.name}" for path in (ROOT / "definitions" / kind).glob("*.yaml")}
    assert shipped - set(FILES) == set()


def test_the_page_names_all_fourteen_and_what_else_the_two_pages_hold() -> None:
    numbers = re.findall(r"^\| (\d+) \| .+ \| `reviewflow [^`]+` \|$", PAGE, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 15)]
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_it_names_is_there(name: str) -> None:
    assert (ROOT / "definitions" / name).is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_it_names_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {
        "REVIEWFLOW_DEFINITIONS": str(ROOT / "definitions"),
        "REVIEWFLOW_DATABASE": f"sqlite:///{tmp_path}/cases.db",
    }
    (tmp_path / "cases.db").touch()
    result = CliRunner().invoke(app, shlex.split(command)[1:], env=settings)
    assert result.exit_code == 0, f"{result.output}{result.exception}"
    assert result.output.strip() or [*tmp_path.glob("*.mmd")]
