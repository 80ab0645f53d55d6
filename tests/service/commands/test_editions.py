"""A case works under the edition of the guidance that was in force on the day that started it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.language.problem import DefinitionError
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.commands.migration import plan_move
from reviewflow.service.rehearsal.process_versions import version_problems
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at
from tests.service.conftest import TOY

BEFORE = """\
language: 1
guidance: earlier
title: The edition before
in_force_from: 2018-06-29
verified: no
limits:
  {name}:
    title: Rapid review
    within: 10 working days
    counts_from: notification sent
    owner: partners
    basis: panel guidance
    source: somewhere
    verified: no
"""


def with_an_earlier_edition(office: Workspace, folder: Path, name: str = "rapid_review") -> Workspace:
    shutil.copytree(TOY, folder, dirs_exist_ok=True)
    newest = folder / "guidance/toy_guidance.yaml"
    newest.write_text(newest.read_text() + "supersedes: earlier\n")
    (folder / "guidance/earlier.yaml").write_text(BEFORE.format(name=name))
    return Workspace(office.store, folder)


def opened(office: Workspace, notified: date) -> str:
    command = c.Open({"notified": notified}, ("police",))
    return open_case(office, "review", command, by=BY, now=at(5), key=None).case.reference


def pinned(office: Workspace, reference: str) -> str:
    row = office.store.load(reference)
    assert row is not None
    return office.plan(row.definition).definition.guidance_title


def test_an_older_day_is_counted_by_the_edition_of_its_time(office: Workspace, tmp_path: Path) -> None:
    here = with_an_earlier_edition(office, tmp_path)
    old, new = opened(here, date(2026, 3, 18)), opened(here, date(2026, 3, 19))
    assert (pinned(here, old), pinned(here, new)) == ("The edition before", "Toy guidance")
    assert list(version_problems(here.store, here.library)) == []


def test_a_case_that_is_moved_keeps_its_edition(office: Workspace, tmp_path: Path) -> None:
    here = with_an_earlier_edition(office, tmp_path)
    old = opened(here, date(2026, 3, 18))
    path = tmp_path / "processes/review.yaml"
    path.write_text(path.read_text().replace("version: 1", "version: 2"))
    move = plan_move(Workspace(here.store, tmp_path), old, reason="a new version", now=at(6))
    assert move.plan.definition.guidance_title == "The edition before"


def test_an_edition_without_the_limit_is_refused_in_words(office: Workspace, tmp_path: Path) -> None:
    here = with_an_earlier_edition(office, tmp_path, name="another")
    with pytest.raises(DefinitionError) as refused:
        opened(here, date(2026, 3, 18))
    problem = str(refused.value)
    assert "The edition before" in problem
    assert 'no limit "rapid_review"' in problem
    assert here.store.cases(None) == []
