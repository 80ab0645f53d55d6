"""The board written beside the database: whole or not at all, and only what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewflow.service.board.actions import actions_page
from reviewflow.service.board.agencies import agencies_page
from reviewflow.service.board.case_file import case_file
from reviewflow.service.board.cases import cases_page
from reviewflow.service.board.facts.glances import glance
from reviewflow.service.board.facts.seen import as_bytes, brought_up_to_date, is_small, kept, with_case
from reviewflow.service.board.facts.shapes import Glance
from reviewflow.service.board.figures import Figures, figures_of_day
from reviewflow.service.board.health import health_page
from reviewflow.service.board.pages.rendering import Page, as_case_html, as_html, file_of
from reviewflow.service.board.place import GLANCES, is_written
from reviewflow.service.board.today import of_glances
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.writing import write_whole

STALE, CASE, FIGURES = "stale", "case", "figures.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and how many pages were as they are already."""

    folder: Path
    files: tuple[str, ...]
    same: int


def write_board(workspace: Workspace, folder: Path, environ: Mapping[str, str], *, now: datetime) -> Written:
    """All pages, as a sweep leaves them: of cases only those that changed, or of which the day changed something."""
    before = kept(workspace, folder / GLANCES, now=now)
    seen = brought_up_to_date(workspace, before, now=now)
    known, is_stale = {case.reference: case for case in before.glances}, (folder / STALE).exists()
    changed = [case for case in seen.glances if known.get(case.reference) != case or not _case(folder, case).exists()]
    over = [reference for reference in known if reference not in {case.reference for case in seen.glances}]
    files = [name for case in changed if (name := _write_case(workspace, folder, case.reference, now))]
    files += [name for reference in over if (name := _write_case(workspace, folder, reference, now))]
    _remove_destroyed(workspace, folder)
    figures = figures_of_day(workspace, folder / FIGURES, _replace, made_of=seen.made_of, now=now)
    pages = list(_pages(workspace, seen.glances, figures, environ, now))
    files += [name for page in pages if (name := _write(folder, file_of(page), as_html(page)))]
    if changed or over or is_stale or not (folder / GLANCES).exists():
        _replace(folder / GLANCES, as_bytes(seen))
    (folder / STALE).unlink(missing_ok=True)
    return Written(folder, tuple(files), len(pages) + len(seen.glances) - len(files))


def write_after(workspace: Workspace, folder: Path, reference: str, *, now: datetime) -> None:
    """The page of one case after something was recorded in it, and where the office is small those about all too.

    Where it is large these are marked stale for the next sweep. Nothing is written where there is no board yet.
    Raises UnknownCase.
    """
    if not is_written(folder):
        return
    row = find(workspace, reference)
    _write_case(workspace, folder, row.reference, now)
    before = kept(workspace, folder / GLANCES, now=now) if is_small(folder / GLANCES) else None
    if before is None or not before.glances:
        (folder / STALE).touch()
        return
    fresh = glance(workspace.context(row, now), row) if row.status == "open" else None
    seen = with_case(before, fresh, row.reference)
    for page in (of_glances(workspace, seen.glances, now=now), cases_page(workspace, seen.glances, now=now)):
        _write(folder, file_of(page), as_html(page))
    _replace(folder / GLANCES, as_bytes(seen))


def _pages(
    workspace: Workspace, seen: Sequence[Glance], figures: Figures, environ: Mapping[str, str], now: datetime
) -> Iterator[Page]:
    yield of_glances(workspace, seen, now=now)
    yield cases_page(workspace, seen, now=now)
    yield agencies_page(workspace, seen, figures.punctual, counted=figures.year.now, now=now)
    yield actions_page(workspace, actions(workspace), now=now)
    yield figures.year
    yield health_page(workspace, environ, now=now)


def _case(folder: Path, case: Glance) -> Path:
    return folder / CASE / f"{case.reference}.html"


def _remove_destroyed(workspace: Workspace, folder: Path) -> None:
    """A case was over for years before it was destroyed, so it is no longer among those that are looked at."""
    destroyed = {each.reference for each in workspace.store.destroyed()}
    for page in (folder / CASE).glob("*.html"):
        if page.stem in destroyed:
            page.unlink(missing_ok=True)


def _write_case(workspace: Workspace, folder: Path, reference: str, now: datetime) -> str:
    row = workspace.store.load(reference)
    if row is None:
        (folder / CASE / f"{reference}.html").unlink(missing_ok=True)
        return ""
    with workspace.aside(reference):
        return _write(folder, f"{CASE}/{reference}.html", as_case_html(case_file(workspace, row, now=now)))
    return ""


def _write(folder: Path, name: str, text: str) -> str:
    """The name of the file where it says something else than before; '' where it is as it is."""
    place, body = folder / name, text.encode()
    if place.exists() and place.read_bytes() == body:
        return ""
    _replace(place, body)
    return name


def _replace(place: Path, body: bytes) -> None:
    """Nobody ever reads half of it; only the user of this program can."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(place, body, mode=0o600)
