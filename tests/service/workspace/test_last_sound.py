"""While the office's own files are broken or gone, open cases go on with what they last said soundly."""

import logging
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reviewflow.language.problem import DefinitionError
from reviewflow.london import stamp
from reviewflow.service.health.office import definitions
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.trouble.words import trouble_lines
from reviewflow.service.workspace.errors import NotUsable
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at, opened
from tests.service.conftest import TOY

CLOSED = date(2026, 5, 4)
"""The early May bank holiday, a Monday."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "definitions")
    return tmp_path / "definitions"


@pytest.fixture
def office(database_url: str, folder: Path) -> Iterator[Workspace]:
    store = open_store(database_url)
    store.migrate()
    yield Workspace(store, folder)
    store.close()


def later(office: Workspace) -> Workspace:
    """The same office, as the next command or flow reads it."""
    return Workspace(office.store, office.folder)


def sweep(office: Workspace, day: int) -> dict[str, int]:
    return run_parts(SweepContext(later(office), at(day)))


BREAKINGS = ["gone", "not YAML", "a mistake", "not text"]


def break_file(path: Path, how: str) -> None:
    match how:
        case "gone":
            path.unlink()
        case "not YAML":
            path.write_text("a: [", encoding="utf-8")
        case "a mistake":
            path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
        case _:
            path.write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize("how", BREAKINGS)
@pytest.mark.parametrize("name", ["partnership.yaml", "calendars.yaml"])
def test_an_open_case_is_chased_as_if_the_file_were_whole(tmp_path: Path, name: str, how: str) -> None:
    sent = list[list[tuple[str, str, str]]]()
    for breaking in ("", how):
        here = tmp_path / (breaking or "whole")
        shutil.copytree(TOY, here / "definitions")
        store = open_store(f"sqlite:///{here}/office.db")
        store.migrate()
        office = Workspace(store, here / "definitions")
        opened(office)
        sweep(office, 5)
        if breaking:
            break_file(office.folder / name, breaking)
        assert sweep(office, 20)["chase"] > 0
        sent.append([(notice.item, notice.recipient, notice.text) for notice in store.notices()])
        store.close()
    whole, broken = sent
    assert broken == whole


def test_the_whole_folder_may_be_gone(office: Workspace) -> None:
    opened(office)
    sweep(office, 5)
    shutil.rmtree(office.folder)
    assert sweep(office, 20)["chase"] > 0
    assert sorted(trouble.key for trouble in office.store.troubles()) == ["calendars.yaml", "partnership.yaml"]


def test_it_is_told_until_it_is_mended(office: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    sweep(office, 5)
    path = office.folder / "partnership.yaml"
    whole = path.read_bytes()
    break_file(path, "a mistake")
    with caplog.at_level(logging.WARNING, "reviewflow.definitions"):
        sweep(office, 6)
    said = "pen cases go on with what it said since Tue 5 May 2026 11:00"
    assert said in caplog.text
    [line] = trouble_lines(later(office))
    assert line.startswith(
        "The file partnership.yaml cannot be used, so that what it last said soundly is used instead ("
    )
    assert line.endswith("What to do: see what is wrong with it, and put it right: reviewflow check.")
    finding = next(iter(definitions(later(office))))
    assert (finding.verdict, finding.says) == ("to do", f"partnership.yaml cannot be used; o{said}")
    path.write_bytes(whole)
    sweep(office, 6)
    assert [*trouble_lines(later(office))] == []


def test_no_case_is_opened_meanwhile(office: Workspace) -> None:
    sweep(office, 5)
    break_file(office.folder / "partnership.yaml", "gone")
    with pytest.raises(NotUsable, match="missing or has errors"):
        opened(later(office))


def test_what_was_never_sound_is_refused(office: Workspace) -> None:
    for name, error in (("calendars.yaml", DefinitionError), ("partnership.yaml", NotUsable)):
        break_file(office.folder / name, "gone")
        with pytest.raises(error):
            _ = later(office).calendars


def test_what_changes_soundly_is_kept_anew_and_nothing_else_is_written(office: Workspace) -> None:
    sweep(office, 5)
    assert office.store.office_file("calendars.yaml") == (
        (office.folder / "calendars.yaml").read_text(encoding="utf-8"),
        stamp(at(5)),
    )
    sweep(office, 6)
    kept = office.store.office_file("partnership.yaml")
    assert kept is not None
    assert kept[1] == stamp(at(5))


def test_a_day_taken_out_that_is_no_bank_holiday_is_found_before_it_is_used(office: Workspace) -> None:
    sweep(office, 5)
    path = office.folder / "calendars.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nengland:\n  remove: [2026-05-06]\n", encoding="utf-8")
    reading = later(office)
    assert not reading.calendars["england"].is_working_day(CLOSED)
    assert [*reading.broken] == ["calendars.yaml"]
