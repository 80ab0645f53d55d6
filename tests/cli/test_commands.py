"""The command line as a person uses it, with its exit status."""

import io
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewflow.cli import main
from reviewflow.service.views import linked_cases

TOY = Path(__file__).parent.parent / "toy"
SHIPPED = Path(__file__).parent.parent.parent / "definitions"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reviewflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run reviewflow in a folder of its own; gives exit status, output and what was said on standard error."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/cases.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(TOY))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)

    def run(*words: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


OPEN = ("open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05")


def test_a_case_from_the_command_line(reviewflow: Run) -> None:
    status, page, _ = reviewflow(*OPEN)
    assert status == 0
    assert page.startswith("Recorded in TR-2026-001:\n  Opened: Review, version 1 (notified Tue 5 May 2026).")
    assert "The whole case: reviewflow show TR-2026-001\n" in page
    assert "Wed 27 May 2026" in page

    words = (
        "complete",
        "TR-2026-001",
        "agency_return/police",
        "kind=nil",
        "quality_assured=yes",
        "--now",
        "2026-05-06",
    )
    status, page, _ = reviewflow(*words, "--by", "SPOC, Police", "--json")
    assert status == 0
    assert [each["standing"] for each in json.loads(page)["steps"]] == [
        "Done", "Done", "Due soon", "Not yet", "Not yet", "Not yet",
    ]  # fmt: skip
    status, page, _ = reviewflow("history", "TR-2026-001", "--json")
    assert [each["by"] for each in json.loads(page)][-2:] == ["SPOC, Police"] * 2
    assert reviewflow("audit")[1] == "1 case audited: all whole.\n"


def test_every_way_of_moving_a_case(reviewflow: Run) -> None:
    reviewflow(*OPEN)
    for words in (
        ("agency", "TR-2026-001", "--add", "health"),
        ("agency", "TR-2026-001", "--remove", "health", "--reason", "not involved"),
        ("correct", "TR-2026-001", "notified", "2026-05-01", "--reason", "sent on the Friday"),
        ("skip", "TR-2026-001", "agency_return/police", "--reason", "not known to them"),
        ("reopen", "TR-2026-001", "agency_return/police", "--reason", "they are involved after all"),
        ("withdraw", "TR-2026-001", "--reason", "criteria are not met"),
    ):
        status, page, said = reviewflow(*words, "--now", "2026-05-06")
        assert status == 0, words
        assert not said, words
        assert page.startswith("Recorded in TR-2026-001:\n"), words
    assert reviewflow("due", "--now", "2026-05-20")[1] == "Nothing is due.\n"
    assert reviewflow("cases")[1].startswith("No cases.")
    assert "TR-2026-001  Review   withdrawn" in reviewflow("cases", "--all")[1]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("show", "TR-2026-009"), 1, 'There is no case "TR-2026-009".'),
        (("open", "reviw"), 1, 'Did you mean "review"?'),
        (("complete", "TR-2026-001", "agency_return/police", "kind"), 2, "has no =. Write it as quality_assured=yes"),
        (("open", "review", "--date", "notified=2026-02-30"), 2, "30 February 2026 is not a date."),
        (("frobnicate",), 2, "No such command"),
        (("date", "15 workign days after 2026-12-18"), 1, 'not a unit of time. Did you mean "working days"?'),
        (("check", "no-such-file.yaml"), 2, "does not exist"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do(reviewflow: Run, words: tuple[str, ...], status: int, said: str) -> None:
    reviewflow(*OPEN)
    got = reviewflow(*words)
    assert (got[0], said in " ".join(got[2].replace("│", " ").split())) == (status, True), got


def test_dates_are_counted_one_a_line(reviewflow: Run) -> None:
    status, answers, _ = reviewflow("date", given="15 working days after 2026-12-18\n6 months after 2026-08-31\n")
    assert (status, answers) == (0, "2027-01-13\n2027-02-28\n")
    status, answers, said = reviewflow("date", given="nonsense\n7 working days before 2026-04-16\n")
    assert (status, answers) == (1, "\n2026-04-07\n")
    assert said.startswith('nonsense: "nonsense" is not a due date.')


def test_the_counting_is_shown(reviewflow: Run) -> None:
    _, page, _ = reviewflow("date", "5 working days after 2026-04-02", "--explain")
    assert "2026-04-03  Fri  not counted: Good Friday" in page
    assert page.endswith("2026-04-13  Mon  working day 5\n2026-04-13\n")


def test_the_later_of_two_days_is_counted(reviewflow: Run) -> None:
    status, page, _ = reviewflow("date", "the later of 5 working days after 2026-04-02 and 2026-04-10", "--explain")
    assert (status, page.splitlines()[-1]) == (0, "2026-04-13")
    assert reviewflow("date", "the earlier of 5 working days after 2026-04-02 and 2026-04-10")[1] == "2026-04-10\n"


def test_check_counts_and_exits(reviewflow: Run, tmp_path: Path) -> None:
    assert reviewflow("check") == (0, "10 files checked: no problems.\n", "")
    (tmp_path / "bad.yaml").write_text("language: 1\nprocess: bad\nversion: x\n")
    status, page, _ = reviewflow("check", str(tmp_path / "bad.yaml"))
    assert status == 1
    assert '"x" is not a whole number' in page
    assert page.endswith("errors in 1 of 1 file. Nothing was changed.\n")
    status, listed, _ = reviewflow("check", str(tmp_path / "bad.yaml"), "--json")
    assert {(each["line"], each["code"]) for each in json.loads(listed)} >= {(3, "PD014")}


def test_the_shipped_definitions_pass(reviewflow: Run) -> None:
    status, page, _ = reviewflow("check", "--definitions", str(SHIPPED))
    assert status == 0, page


def test_a_damaged_row_is_told_as_that(reviewflow: Run, tmp_path: Path) -> None:
    reviewflow(*OPEN)
    with sqlite3.connect(tmp_path / "cases.db") as database:
        database.execute("UPDATE cases SET state = '{}'")
    status, _, said = reviewflow("show", "TR-2026-001")
    assert status == 3
    assert "What is stored of TR-2026-001 cannot be read." in said
    assert not (tmp_path / "var").exists()


def test_a_bug_leaves_by_another_door(reviewflow: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewflow(*OPEN)
    monkeypatch.setattr(linked_cases, "overview", lambda *_, **__: 1 // 0)
    status, _, said = reviewflow("show", "TR-2026-001")
    assert status == 3
    assert "not your doing" in said
    assert (tmp_path / "var" / "crash.log").exists()


def test_the_installed_command_answers() -> None:
    command = [str(Path(sys.executable).parent / "reviewflow"), "date", "1 working day after 2026-12-24"]
    answered = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answered.stdout == "2026-12-29\n"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("nonsense:secret", 1, "The database address is not understood; it looks like sqlite:///"),
        ("postgresql://nobody:secret@127.0.0.1:1/nothing", 3, "nobody answers at this address"),
    ],
)
def test_a_database_that_is_not_there_is_said_plainly(
    reviewflow: Run, monkeypatch: pytest.MonkeyPatch, address: str, status: int, said: str
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATABASE", address)
    got = reviewflow("cases")
    assert (got[0], said in got[2], "secret" in got[2]) == (status, True, False), got


def test_a_slip_changes_nothing(reviewflow: Run, tmp_path: Path) -> None:
    assert "There is no database at" in reviewflow("cases")[2]
    assert not (tmp_path / "cases.db").exists()
    reviewflow(*OPEN)
    before = reviewflow("history", "TR-2026-001")
    skip = ("skip", "TR-2026-001", "agency_return/police", "--now", "2026-05-06", "--reason")
    for words, status, said in (
        ((*skip, "born 12/03/2019"), 1, "seems to hold a date of birth"),
        ((*skip, "a mistake", "--by", "943 476 5919"), 1, "Who acts: this text seems to hold an NHS number"),
        ((*skip, "a mistake", "--not-identifying", "no number"), 1, "Nothing in it seems to identify a child"),
        (("delivery", "test", "--by", "943 476 5919"), 1, "Who acts: this text seems to hold an NHS number"),
        (
            ("retention", "destroy", "TR-2026-001", "--reason", "old", "--by", "born 3 May 2014"),
            1,
            "Who acts: this text",
        ),
        ((*OPEN, "--date", "notified=2026-05-04"), 2, '"notified" is given twice.'),
        (("complete", "TR-2026-001", "agency_return/police", "--now", "9999-12-31"), 2, "too far away"),
        (("due", "--days", "-5"), 2, "greater than or equal to 0"),
    ):
        got = reviewflow(*words)
        assert (got[0], said in " ".join(got[2].replace("│", " ").split())) == (status, True), got
    assert reviewflow("history", "TR-2026-001") == before


def test_a_text_that_could_identify_nobody_is_let_in_with_why(reviewflow: Run) -> None:
    reviewflow(*OPEN)
    skip = ("skip", "TR-2026-001", "agency_return/police", "--now", "2026-05-06", "--reason", "order 943 476 5919")
    assert reviewflow(*skip, "--by", "Chair")[0] == 1
    assert reviewflow(*skip, "--by", "Chair", "--not-identifying", "it is an order's number")[0] == 0
    history = reviewflow("history", "TR-2026-001")[1]
    assert "seemed to hold an NHS number" in " ".join(history.split())
    assert "order 943 476 5919" in " ".join(history.split())


def test_a_new_process_to_start_from(reviewflow: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(SHIPPED, folder)
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(folder))
    assert reviewflow("init", "our_review")[0] == 0
    assert reviewflow("init", "our_rapid_review", "--from", "rapid_review", "--copy")[0] == 0
    assert reviewflow("check", str(folder / "processes" / "our_review.yaml"))[0] == 0
    assert reviewflow("check", str(folder / "processes" / "our_rapid_review.yaml"))[0] == 0
    assert reviewflow("init", "our_review")[0] == 1, "a file that is there stays as it is"
    assert "Did you mean" in reviewflow("init", "other", "--from", "rapid_reviw")[2]
    assert reviewflow("init", "Our Review")[0] == 2


def test_what_changed_and_what_moving_a_case_would_do(
    reviewflow: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(folder))
    reviewflow(*OPEN)
    path = folder / "processes" / "review.yaml"
    path.write_text(path.read_text().replace("due: 7 working", "due: 6 working", 1))
    status, page, _ = reviewflow("check", str(path))
    assert (status, "Cases were opened under version 1" in page) == (1, True)
    path.write_text(path.read_text().replace("version: 1", "version: 2", 1))
    status, page, _ = reviewflow("diff", "review")
    assert status == 0
    assert "version 1 (runs: TR-2026-001)" in page
    assert 'is now "6 working days after notified"' in page
    words = ("migrate", "TR-2026-001", "--reason", "the office asked", "--now", "2026-05-06")
    status, page, _ = reviewflow(*words)
    assert (status, "Nothing was changed. To do it, add --yes." in page) == (0, True)
    assert "waiting: these stay as they are" not in page, "a short case is shown whole"
    monkeypatch.setattr("reviewflow.cli.definitions.migrate.MOST", 2)
    short, every = reviewflow(*words)[1], reviewflow(*words, "--all")[1]
    assert "waiting: these stay as they are. Each of them: --all" in short
    assert ("stays waiting" in short, "stays waiting" in every, "stays owed" in short) == (False, True, True)
    assert "Moved." in reviewflow(*words, "--yes")[1]
    assert reviewflow("diff", "review")[1].endswith("Nothing that matters differs.\n")


TABLE = """
language: 1
table: method
title: How shall we learn?
questions:
  serious: {type: yes_no, label: Was the harm serious?}
outcomes:
  review: {title: A review, process: toy_review, help: For serious harm only.}
  nothing: {title: Nothing further}
rows:
- {when: {serious: yes}, recommend: review, because: Serious harm must be learned from, must: yes}
- {recommend: nothing, because: There is little to learn}
"""


def test_a_table_recommends_without_a_case(reviewflow: Run, tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "definitions")
    (tmp_path / "definitions" / "tables").mkdir()
    process = next((TOY / "processes").glob("*.yaml")).stem
    (tmp_path / "definitions" / "tables" / "method.yaml").write_text(TABLE.replace("toy_review", process))
    here = ("--definitions", str(tmp_path / "definitions"))
    assert reviewflow("choose", "method", "serious=yes", *here)[1].splitlines() == [
        "Recommended: A review (review)",
        "Because: Serious harm must be learned from",
        "There is no choice here.",
        f"It is carried out by the process {process}.",
        "For serious harm only.",
    ]
    found = json.loads(reviewflow("choose", "method", "serious=no", "--json", *here)[1])
    assert (found["outcome"], found["because"], found["must"]) == ("nothing", "There is little to learn", False)
    status, _, said = reviewflow("choose", "method", "serios=yes", *here)
    assert status == 1
    assert '"serios" is not asked here. Did you mean "serious"?' in said
    assert "This table asks: serious (Was the harm serious?)." in said
    status, _, said = reviewflow("choose", "methd", *here)
    assert (status, said.splitlines()[0]) == (1, '"methd" is not a table. Did you mean "method"?')


def test_a_case_of_a_changed_text_with_an_old_number_is_told(reviewflow: Run, tmp_path: Path) -> None:
    here = ("--definitions", str(shutil.copytree(TOY, tmp_path / "definitions")))
    assert "Count it up" not in reviewflow(*OPEN, *here)[2]
    file = tmp_path / "definitions/processes/review.yaml"
    file.write_text(file.read_text().replace("title: Review meeting", "title: The meeting"))
    status, _, said = reviewflow(*OPEN, *here)
    assert status == 0
    assert "review.yaml was changed and its number was not. Cases were opened under version 1" in said
    assert "version: 2" in said
