"""The pages for developers name what is there, and draw what the code is. Written anew with --update-golden."""

import re
from pathlib import Path

import pytest

from reviewflow.service.sweep.run import PARTS
from tests.docs import layers, lifecycle
from tests.docs.names import ROOT, exists, moved, named
from tests.docs.parts import parts, with_parts

DEVELOP = ROOT / "docs" / "develop"
PAGES = sorted(DEVELOP.rglob("*.md"))
DECISIONS = sorted((DEVELOP / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DEVELOP)))
def test_what_is_named_is_there(path: Path, *, update_golden: bool) -> None:
    page = path.read_text("utf-8")
    gone = [name for name in named(page) if not exists(name)]
    if update_golden:
        for name in filter(moved, gone):
            page = page.replace(f"`{name}`", f"`{moved(name)}`")
        path.write_text(page, "utf-8")
        gone = [name for name in named(page) if not exists(name)]
    assert [f"{name} is not there; did it move to {moved(name) or 'a new name'}?" for name in gone] == []


def test_a_name_that_is_not_there_is_noticed() -> None:
    page = "`reviewflow.case.apply.unfold` `tests/case/test_laws.py::test_nothing` `docs/nothing.md` `two words`"
    assert named(page) == ["reviewflow.case.apply.unfold", "tests/case/test_laws.py::test_nothing", "docs/nothing.md"]
    assert [name for name in named(page) if exists(name)] == []


def test_the_layers_are_drawn_as_they_are_imported(*, update_golden: bool) -> None:
    _is_as_made(
        DEVELOP / "architecture.md", {"layers": layers.drawing(), "rooms": layers.rooms()}, update=update_golden
    )


def test_the_sweep_is_told_in_its_order() -> None:
    page = (DEVELOP / "architecture.md").read_text("utf-8")
    section = page.partition("## The sweep")[2].partition("\n## ")[0]
    told = re.findall(r"^\| ([a-z ]+) \| `", section, re.MULTILINE)
    assert told[: len(PARTS)] == list(PARTS)


@pytest.mark.slow
def test_the_states_are_told_as_they_are(*, update_golden: bool) -> None:
    _is_as_made(DEVELOP / "lifecycle.md", lifecycle.tables(), update=update_golden)


def _is_as_made(path: Path, made: dict[str, str], *, update: bool) -> None:
    page = path.read_text("utf-8")
    if update:
        path.write_text(with_parts(page, made), "utf-8")
        return
    assert parts(page) == made, "pytest tests/docs/test_develop.py --update-golden writes it anew"


def test_every_event_that_changes_a_state_is_seen_to_do_so() -> None:
    """An event that the timelines never show would be missing from the page."""
    assert sorted(lifecycle.changing() - lifecycle.seen()) == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_follows(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
    assert len(lines) <= 60, "a decision is one page"


def test_every_page_can_be_found() -> None:
    menu = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [path.name for path in PAGES if f"develop/{path.relative_to(DEVELOP).as_posix()}" not in menu] == []
