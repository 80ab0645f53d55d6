"""A folder takes the place of the office's: whole or not at all, seen before, released by name, and taken back."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reviewflow.language.problem import DefinitionError
from reviewflow.service.publishing import folders
from reviewflow.service.publishing.folders import digest_of, shelf_of
from reviewflow.service.publishing.release import PUBLISHED, publications, release, stage, the_way_back
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.kept_library import whole
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at, opened
from tests.service.conftest import TOY

NOW = at(19)
BY = "A. Officer"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(f"sqlite:///{tmp_path}/office.db")
    store.migrate()
    yield Workspace(store, shutil.copytree(TOY, tmp_path / "definitions"))
    store.close()


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """The same with a review of one version more, a message more and a calendar changed."""
    folder = shutil.copytree(TOY, tmp_path / "laptop")
    review = folder / "processes" / "review.yaml"
    text = review.read_text()
    assert "version: 1\n" in text
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    review.write_text(text.replace("version: 1\n", "version: 2\n").replace(title, "title: Another review"))
    (folder / "calendars.yaml").write_text((folder / "calendars.yaml").read_text() + "\n# looked at in May\n")
    return folder


def again(office: Workspace) -> Workspace:
    return Workspace(office.store, office.folder)


def published(office: Workspace, folder: Path, now: datetime = NOW) -> str:
    return release(again(office), stage(again(office), folder).digest, by=BY, now=now)


def test_it_is_said_what_changes_and_which_cases_it_touches(office: Workspace, laptop: Path) -> None:
    case = opened(office)
    before = digest_of(office.folder)
    found = stage(office, laptop)
    assert list(found.lines) == [
        "changed  calendars.yaml",
        "changed  processes/review.yaml",
        "review: version 1 becomes 2",
        *(f"  - {words}" for words in found.processes[0].words),
        f"  Open cases go on with what they were opened with: {case}.",
        f"  To move one: reviewflow migrate {case} --reason WHY",
        "For open cases too, from then on: calendars.yaml.",
    ]
    assert "Another review" in found.processes[0].words[0]
    assert digest_of(office.folder) == before
    assert office.store.noted() == []


def test_it_is_released_by_name_and_taken_back(office: Workspace, laptop: Path) -> None:
    before, after = digest_of(office.folder), digest_of(laptop)
    told = published(office, laptop)
    assert told.startswith("Published: 2 files; review 1 to 2. The folder is " + after[:12])
    assert digest_of(office.folder) == after
    assert again(office).processes()["review"].version == 2
    published(office, the_way_back(again(office)))
    assert digest_of(office.folder) == before
    assert [(one.by, one.digest, one.before) for one in publications(office)] == [
        (BY, after, before),
        (BY, before, after),
    ]
    published(office, the_way_back(again(office)))
    assert digest_of(office.folder) == after


def test_a_broken_folder_is_refused_with_all_that_is_wrong(office: Workspace, laptop: Path) -> None:
    for name in ("review", "plan"):
        path = laptop / "processes" / f"{name}.yaml"
        path.write_text((path.read_text() if path.exists() else "") + "\nnonsense: 1\n")
    (laptop / "partnership.yaml").write_text("language: 1\n")
    with pytest.raises(DefinitionError) as refused:
        stage(office, laptop)
    assert len({problem.file for problem in refused.value.problems}) >= 3
    assert not shelf_of(office.folder).exists()


def test_a_version_that_cases_run_on_is_not_published_with_another_text(office: Workspace, laptop: Path) -> None:
    opened(office)
    review = laptop / "processes" / "review.yaml"
    review.write_text(review.read_text().replace("version: 2\n", "version: 1\n"))
    with pytest.raises(DefinitionError, match="Count it up"):
        stage(office, laptop)


def test_only_the_folder_that_was_previewed(office: Workspace, laptop: Path) -> None:
    wanted = digest_of(laptop)
    assert stage(office, laptop, wanted=wanted[:12]).digest == wanted
    (laptop / "ladders.yaml").write_text((laptop / "ladders.yaml").read_text() + "# later\n")
    with pytest.raises(UserError, match="is not the folder that was previewed"):
        stage(office, laptop, wanted=wanted)
    with pytest.raises(UserError, match="is not the folder that was previewed"):
        stage(office, laptop, wanted=digest_of(laptop)[:4])


@pytest.mark.parametrize("what", ["the same", "its own", "a link", "git", "no way back"])
def test_what_cannot_be_published_is_told(what: str, office: Workspace, laptop: Path) -> None:
    match what:
        case "the same":
            source, words = shutil.copytree(office.folder, laptop.with_name("copy")), "says what the office's folder"
        case "its own":
            source, words = office.folder, "is the office's own folder"
        case "a link":
            (laptop / "notes.txt").symlink_to("/etc/hostname")
            source, words = laptop, "is a link"
        case "git":
            (office.folder / ".git").mkdir()
            source, words = laptop, "is a checkout of git"
        case _:
            with pytest.raises(UserError, match="is none that was published"):
                the_way_back(office)
            return
    with pytest.raises(UserError, match=words):
        stage(office, source)


def test_what_was_changed_on_the_shelf_is_not_released(office: Workspace, laptop: Path) -> None:
    digest = stage(office, laptop).digest
    (shelf_of(office.folder) / digest / "ladders.yaml").write_text("language: 1\n")
    before = digest_of(office.folder)
    with pytest.raises(UserError, match=r"is not in .* any more as it was"):
        release(office, digest, by=BY, now=NOW)
    assert digest_of(office.folder) == before


def test_a_publication_that_is_killed_leaves_the_old_or_the_new_folder(office: Workspace, laptop: Path) -> None:
    """At each of the places at which it touches the disk, of those a sample; then it is said again and goes through."""
    before, after = digest_of(office.folder), stage(again(office), laptop).digest
    left, step = set(), 1
    while killed_at(step, office, after):
        left.add(digest_of(office.folder))
        assert left <= {before, after}
        if digest_of(office.folder) == after:
            published(office, shelf_of(office.folder) / before, NOW + timedelta(hours=step, minutes=30))
        step += 7
    assert left == {before, after}
    assert digest_of(office.folder) == after
    assert publications(again(office))[-1].digest == after
    assert not list(shelf_of(office.folder).glob("*-aside"))


def killed_at(step: int, office: Workspace, digest: str) -> bool:
    """Whether a process that releases was killed before its `step`th touch of the disk; false: it was done before."""
    child = os.fork()
    if child == 0:
        count = 0

        def touched(event: str, _: object) -> None:
            nonlocal count
            if event in {"open", "os.rename", "os.mkdir", "shutil.rmtree", "os.remove", "os.rmdir", "ctypes.dlopen"}:
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        store = open_store(f"sqlite:///{office.folder.parent}/office.db")
        workspace = Workspace(store, office.folder)
        sys.addaudithook(touched)
        release(workspace, digest, by=BY, now=NOW + timedelta(hours=step))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_another_folder_waits_for_the_one_that_is_being_published(office: Workspace, laptop: Path) -> None:
    digest = stage(again(office), laptop).digest
    office.store.take_lease("publishing", "another", "2026-05-19T10:00:00+00:00", "2026-05-19T10:10:00+00:00")
    with pytest.raises(UserError, match=r"say it again after Tue 19 May 2026 11:10"):
        release(again(office), digest, by=BY, now=NOW)
    assert release(again(office), digest, by=BY, now=NOW + timedelta(minutes=11)).startswith("Published")


def test_an_interruption_after_the_exchange_is_put_right_in_the_log(
    office: Workspace, laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = stage(again(office), laptop).digest
    monkeypatch.setattr("reviewflow.service.publishing.release.PUBLISHED", "lost")
    release(again(office), digest, by=BY, now=NOW)
    monkeypatch.undo()
    assert office.store.noted(PUBLISHED) == []
    assert release(again(office), digest, by="B. Other", now=NOW).endswith("already.")
    assert [(one.by, one.digest) for one in publications(office)] == [(BY, digest)]


def test_who_reads_meanwhile_reads_one_folder_whole(office: Workspace, laptop: Path, tmp_path: Path) -> None:
    """A folder that is exchanged in the middle of reading is read again."""
    digest = stage(again(office), laptop).digest
    wanted = {path: data for _, path, _, data in whole(office.folder)}
    reading = iter(range(10))

    def exchanged_once(folder: Path) -> list[object]:
        files = list(read(folder))
        if next(reading) == 0:
            release(again(office), digest, by=BY, now=NOW)
        return files

    from reviewflow.service.workspace import kept_library

    read, kept_library.read_folder = kept_library.read_folder, exchanged_once  # type: ignore[assignment]
    try:
        found = {path: data for _, path, _, data in whole(office.folder)}
    finally:
        kept_library.read_folder = read
    assert found != wanted
    assert found == {path: data for _, path, _, data in whole(office.folder)}


def test_folders_change_places_where_the_system_has_no_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    monkeypatch.setattr(folders.ctypes, "CDLL", lambda *_, **__: None)
    folders.exchange(one, other)
    assert ([path.name for path in one.iterdir()], [path.name for path in other.iterdir()]) == (["other"], ["one"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]
