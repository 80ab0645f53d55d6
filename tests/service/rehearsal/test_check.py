"""What a check consists of: the files, the calendars, the room before limits, versions that were used before."""

import shutil
from pathlib import Path

import pytest

from reviewflow.service.rehearsal import check
from reviewflow.service.rehearsal.check import check_definitions
from reviewflow.service.workspace.days.bank_holiday_overlay import Overlay, read_overlay
from reviewflow.service.workspace.errors import NotUsable

SHIPPED = Path(__file__).parents[3] / "definitions"
NO_DATABASE = {"REVIEWFLOW_DATABASE": "sqlite:////nowhere/cases.db"}
REVIEW = "processes/rapid_review.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "definitions"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def codes(folder: Path, *files: Path) -> list[tuple[str, str]]:
    """Where something is wrong, and its code."""
    problems = check_definitions(folder, files, environ=NO_DATABASE).problems
    return [(Path(problem.file).name, problem.code) for problem in problems]


def test_every_file_is_looked_at_and_the_calendars_too(folder: Path) -> None:
    checked = check_definitions(folder, environ=NO_DATABASE)
    assert checked.problems == ()
    assert checked.files == tuple(sorted(str(path) for path in folder.rglob("*.yaml")))


def test_the_calendars_file_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder / "calendars.yaml", "england:", "wales: {remove: [2027-01-05]}\nengland:")
    read: list[Path] = []

    def counted(path: Path) -> Overlay:
        read.append(path)
        return read_overlay(path)

    monkeypatch.setattr(check, "read_overlay", counted)
    assert codes(folder) == [("calendars.yaml", "PD015")]
    assert read == [folder / "calendars.yaml"]


def test_what_is_wrong_in_one_place_hides_nothing_elsewhere(folder: Path) -> None:
    change(folder / REVIEW, "due: 7 working days", "due: 7 wrking days")
    change(folder / "calendars.yaml", "proclaimed_until: ", "proclaimed_untl: ")
    found = codes(folder)
    assert {name for name, _ in found} == {"rapid_review.yaml", "calendars.yaml"}
    assert {name for name, _ in codes(folder, folder / REVIEW)} == {"rapid_review.yaml"}
    assert codes(folder, folder / "partnership.yaml") == []


def test_a_folder_may_be_named_in_place_of_files(folder: Path, tmp_path: Path) -> None:
    assert check_definitions(tmp_path, (folder,), environ=NO_DATABASE) == check_definitions(folder, environ=NO_DATABASE)
    with pytest.raises(NotUsable, match="There is no folder of definitions"):
        check_definitions(tmp_path / "none", environ=NO_DATABASE)


def unreminded(folder: Path, meant: str) -> Path:
    """A local process in which an agency is reminded of nothing, with an answer to that."""
    path = folder / "processes" / "unreminded.yaml"
    path.write_text(
        "language: 1\nprocess: unreminded\nversion: 1\ntitle: Unreminded\nreference: UN-{year}-{number}\n"
        "opening: {dates: {agreed: When was it agreed?}, agencies: at least 1}\n"
        f"steps:\n  papers:\n    title: Papers\n    for_each: agency\n    owner: agency\n{meant}"
        "    due: 5 working days after agreed\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("meant", "left", "answers"),
    [
        ("", ["PD058"], []),
        ("    meant: {PD058: They ring each other}\n", [], ["They ring each other"]),
        ("    meant: {PD047: There is room}\n", ["PD343", "PD058"], []),
        ("    ladder: returns\n    meant: {PD058: They ring each other}\n", ["PD343"], []),
    ],
)
def test_a_warning_is_answered_at_its_place(folder: Path, meant: str, left: list[str], answers: list[str]) -> None:
    checked = check_definitions(folder, (unreminded(folder, meant),), environ=NO_DATABASE)
    assert sorted(problem.code for problem in checked.problems) == sorted(left)
    assert [answer.reason for answer in checked.meant] == answers


def test_an_error_cannot_be_meant(folder: Path) -> None:
    path = unreminded(folder, "    after: nowhere\n    meant: {PD022: It is somewhere}\n")
    checked = check_definitions(folder, (path,), environ=NO_DATABASE)
    assert "PD022" in {problem.code for problem in checked.problems}
    assert checked.meant == ()


def test_a_process_answers_for_every_place_in_it(folder: Path) -> None:
    path = unreminded(folder, "")
    change(path, "title: Unreminded\n", "title: Unreminded\nmeant: {PD058: They ring each other}\n")
    checked = check_definitions(folder, (path,), environ=NO_DATABASE)
    assert (checked.problems, len(checked.meant)) == ((), 1)
    assert str(checked.meant[0]).endswith("Meant: They ring each other")


def test_an_answer_after_which_nothing_follows_is_answered_beside_its_step(folder: Path) -> None:
    path = folder / "processes" / "asked.yaml"
    asked = (
        "language: 1\nprocess: asked\nversion: 1\ntitle: Asked\nreference: ASK-{year}-{number}\n"
        "opening:\n  dates: {asked: On which day}\n"
        "steps:\n  ask:\n    title: Ask\n    owner: business_support\n    due: 5 working days after asked\n"
        "    ladder: none\n    form:\n      reply: {type: choice, label: Came, options: {facts: Facts, nothing: No}}\n"
        "  write: {title: Write, after: ask, when: {ask.reply: facts}, owner: business_support, "
        "due: 5 working days after ask, ladder: none}\n"
    )
    path.write_text(asked, encoding="utf-8")
    checked = check_definitions(folder, (path,), environ=NO_DATABASE)
    assert "meant: {PD056: ...}" in str(checked.problems[0])
    change(path, "    ladder: none\n    form", "    ladder: none\n    meant: {PD056: Nothing came}\n    form")
    checked = check_definitions(folder, (path,), environ=NO_DATABASE)
    assert (checked.problems, [answer.reason for answer in checked.meant]) == ((), ["Nothing came"])
