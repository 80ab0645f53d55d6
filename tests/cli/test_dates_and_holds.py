"""Dates that move, and what stands still for a while, from the command line."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from reviewflow.cli import main

TOY = Path(__file__).parent.parent / "toy"
PROCESS = {
    "language": 1,
    "process": "publish",
    "version": 1,
    "title": "Publication",
    "guidance": "toy_guidance",
    "reference": "PUB-{year}-{number}",
    "opening": {"dates": {"decision": "When it was decided"}},
    "dates": {"publication": {"title": "Day of publication", "planned": "6 months after decision"}},
    "holds": {
        "court": {
            "title": "Waits for a court",
            "stops": "publish",
            "review": "30 days",
            "send": "reminder",
            "to": "chair",
        },
    },
    "limits": {"early": {"title": "Copy in time", "due": "7 working days before publication", "met_by": "copy"}},
    "steps": {
        "copy": {"title": "Send the copy", "owner": "chair"},
        "publish": {"title": "Publish", "after": "copy", "owner": "chair", "due": "on publication"},
    },
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "publish.yaml").write_text(yaml.safe_dump(PROCESS), encoding="utf-8")
    return folder


@pytest.fixture
def reviewflow(
    tmp_path: Path, definitions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/cases.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(definitions))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    run("open", "publish", "--date", "decision=2026-05-05", "--now", "2026-05-05")
    return run


CASE = "PUB-2026-001"
WHY = ("--reason", "the court sits", "--by", "manager")


def test_a_planned_day_is_shown_and_moved(reviewflow: Run) -> None:
    _, page, _ = reviewflow("show", CASE, "--now", "2026-05-06")
    assert "Day of publication (as planned): Thu 5 Nov 2026" in page
    status, page, said = reviewflow("set", CASE, "publication", "2026-12-04", *WHY, "--now", "2026-05-06", "--show")
    assert (status, said) == (0, "")
    assert page.startswith(
        f"Recorded in {CASE}:\n  Day of publication: moved from Thu 5 Nov 2026 to Fri 4 Dec 2026. "
        "Reason: the court sits.\nWhat follows:\n"
        "  Due days moved, because what it counts from changed: Copy in time, due Wed 25 Nov 2026.\n"
        "Who is told, and when:\n  Nobody is written to by this.\n"
    )
    assert "Day of publication: Fri 4 Dec 2026" in page
    assert "Wed 25 Nov 2026" in page
    _, entries, _ = reviewflow("history", CASE, "--json")
    words = [each["words"] for each in json.loads(entries)]
    assert "Day of publication: moved from Thu 5 Nov 2026 to Fri 4 Dec 2026. Reason: the court sits." in words


def test_a_day_that_leaves_no_time_is_warned_of(reviewflow: Run) -> None:
    status, page, said = reviewflow("set", CASE, "publication", "2026-05-11", *WHY, "--now", "2026-05-06")
    assert status == 0
    assert "What follows:\n  Due days moved, because what it counts from changed: Copy in time, due Wed 29 Apr" in page
    assert said == (
        'Warning: the day set for "Day of publication" leaves no time. '
        "Already past: Copy in time, due Wed 29 Apr 2026.\n"
    )


def test_what_is_held_is_shown_and_released(reviewflow: Run) -> None:
    asked = ("--requested-by", "the police")
    status, page, _ = reviewflow("hold", CASE, "court", *asked, *WHY, "--now", "2026-05-06", "--show")
    assert status == 0
    words = "Held: Waits for a court (since Wed 6 May 2026: the court sits, asked for by the police)."
    assert f"{words} It stops: Publish. To be looked at again Fri 5 Jun 2026." in " ".join(page.split())
    _, lines, _ = reviewflow("due", "--now", "2026-06-08", "--days", "0", "--json")
    found = [each for each in json.loads(lines) if each["item"] == "hold:court"]
    assert [(each["standing"], each["title"]) for each in found] == [
        ("Overdue", "Look again at the hold: Waits for a court")
    ]
    reviewflow("complete", CASE, "copy", "--now", "2026-06-08")
    status, _, said = reviewflow("complete", CASE, "publish", "--now", "2026-06-08")
    assert status == 1
    assert "“Publish” is held: Waits for a court" in said
    assert "release it first: reviewflow release PUB-2026-001 court" in said
    status, page, _ = reviewflow("release", CASE, "court", *WHY, "--now", "2026-06-08", "--show")
    assert status == 0
    assert "Held" not in page
    assert reviewflow("complete", CASE, "publish", "--now", "2026-06-08")[0] == 0
    assert reviewflow("audit")[1] == "1 case audited: all whole.\n"
    _, entries, _ = reviewflow("history", CASE, "--json")
    told = [each["words"] for each in json.loads(entries)]
    assert (
        "Held: Waits for a court. Reason: the court sits. Asked for by the police. "
        "What stands still: Publish. To be looked at again on Fri 5 Jun 2026." in told
    )
    assert "Released: Waits for a court. Reason: the court sits." in told


def test_a_hold_names_only_what_is_still_to_be_done(reviewflow: Run, definitions: Path) -> None:
    holds = {
        "court": PROCESS["holds"]["court"] | {"stops": ["copy", "publish"]},
        "copies": PROCESS["holds"]["court"] | {"title": "Copies wait", "stops": "copy"},
    }
    (definitions / "processes" / "publish.yaml").write_text(
        yaml.safe_dump(PROCESS | {"holds": holds}), encoding="utf-8"
    )
    opened = reviewflow("open", "publish", "--date", "decision=2026-05-05", "--now", "2026-05-05")
    assert opened[0] == 0, opened
    case = "PUB-2026-002"
    reviewflow("complete", case, "copy", "--now", "2026-05-06")
    said = " ".join(reviewflow("hold", case, "court", *WHY, "--now", "2026-05-06")[1].split())
    assert "What stands still: Publish." in said
    said = " ".join(reviewflow("hold", case, "copies", *WHY, "--now", "2026-05-06")[1].split())
    assert "Nothing that it stops is still to be done." in said
    assert "What stands still: Publish." in " ".join(reviewflow("history", case)[1].split())
    assert reviewflow("audit")[1] == "2 cases audited: all whole.\n"


def test_a_case_with_a_hold_is_whole(reviewflow: Run) -> None:
    reviewflow("hold", CASE, "court", *WHY, "--now", "2026-05-06")
    assert reviewflow("audit")[1] == "1 case audited: all whole.\n"


def test_a_later_day_is_granted_and_the_first_stays_in_sight(reviewflow: Run) -> None:
    reviewflow("complete", CASE, "copy", "--now", "2026-05-06")
    late = ("extend", CASE, "publish", "--to", "2026-11-12", *WHY, "--now", "2026-05-07")
    status, _, said = reviewflow(*late, "--by-role", "chiar")
    assert (status, said.splitlines()[0]) == (1, '"chiar" is not a role in partnership.yaml. Did you mean "chair"?')
    status, page, _ = reviewflow(*late, "--by-role", "chair", "--show")
    assert status == 0
    assert "Thu 12 Nov 2026 (first due Thu 5 Nov 2026)" in " ".join(page.split())
    _, entries, _ = reviewflow("history", CASE, "--json")
    words = json.loads(entries)[-1]["words"]
    assert words.startswith("Publish: extended from Thu 5 Nov 2026 to Thu 12 Nov 2026, granted by ")
    assert words.endswith(". Reason: the court sits.")


def test_a_trial_beside_the_case_is_shown_and_looked_at_again(reviewflow: Run) -> None:
    link = ("link", CASE, "parallel", "T20261234", "--review", "2026-06-08", *WHY, "--now", "2026-05-06")
    status, page, _ = reviewflow(*link, "--show")
    assert status == 0
    assert "Runs beside it: T20261234 (it stops nothing). To be looked at again Mon 8 Jun 2026" in page
    _, lines, _ = reviewflow("due", "--now", "2026-06-08", "--days", "0", "--json")
    assert "Look again at T20261234: runs beside it" in {each["title"] for each in json.loads(lines)}
    reviewflow("unlink", CASE, "T20261234", *WHY, "--now", "2026-06-08")
    _, page, _ = reviewflow("show", CASE, "--now", "2026-06-08")
    assert "T20261234" not in page
    _, entries, _ = reviewflow("history", CASE, "--json")
    told = [each["words"] for each in json.loads(entries)]
    assert (
        "Runs beside it: T20261234; it stops nothing. Reason: the court sits. "
        "To be looked at again on Mon 8 Jun 2026." in told
    )
    assert "No longer linked: T20261234. Reason: the court sits." in told


def test_the_clocks_of_another_case_are_met_here_and_the_earliest_stands_first(
    reviewflow: Run, definitions: Path
) -> None:
    limits = {"end": {"title": "Six months", "due": "6 months after decision", "met_by": "publish"}}
    file = definitions / "processes" / "publish.yaml"
    file.write_text(yaml.safe_dump({**PROCESS, "version": 2, "limits": limits}), encoding="utf-8")
    reviewflow("open", "publish", "--date", "decision=2026-05-04", "--now", "2026-05-05")
    reviewflow("open", "publish", "--date", "decision=2026-04-01", "--now", "2026-05-05")
    status, page, said = reviewflow("join", "PUB-2026-002", "PUB-2026-003", "--now", "2026-05-06", "--json")
    assert (status, said) == (0, "")
    assert [(each["item"], each["due"], each["title"]) for each in json.loads(page)["limits"]] == [
        ("end/PUB-2026-003", "2026-10-01", "Six months · PUB-2026-003"),
        ("end", "2026-11-04", "Six months"),
    ]
    assert reviewflow("audit")[1] == "3 cases audited: all whole.\n"


def test_a_day_beyond_a_time_limit_is_warned_of(reviewflow: Run, definitions: Path) -> None:
    limits = {"end": {"title": "Six months", "due": "6 months after decision", "met_by": "publish"}}
    file = definitions / "processes" / "publish.yaml"
    file.write_text(yaml.safe_dump({**PROCESS, "version": 2, "limits": limits}), encoding="utf-8")
    reviewflow("open", "publish", "--date", "decision=2026-05-04", "--now", "2026-05-05")
    _, _, said = reviewflow("set", "PUB-2026-002", "publication", "2026-12-04", *WHY, "--now", "2026-05-06")
    assert said == (
        'Warning: the day set for "Day of publication" comes after a time limit ends: Six months, Wed 4 Nov 2026. '
        "Say so, and why, to whoever is waiting for it.\n"
    )


def test_a_planned_day_that_a_hold_moved_is_shown_moved(reviewflow: Run) -> None:
    reviewflow("complete", CASE, "copy", "--now", "2026-05-06")
    reviewflow("hold", CASE, "court", *WHY, "--now", "2026-10-29")
    _, page, _ = reviewflow("release", CASE, "court", *WHY, "--now", "2026-11-12", "--show")
    assert "Day of publication (moved on by the days held, from Thu 5 Nov 2026): Thu 19 Nov 2026" in page
    assert "as planned" not in page


def test_a_planned_day_that_is_still_ahead_stays(reviewflow: Run) -> None:
    reviewflow("complete", CASE, "copy", "--now", "2026-05-06")
    reviewflow("hold", CASE, "court", *WHY, "--now", "2026-05-07")
    _, page, _ = reviewflow("release", CASE, "court", *WHY, "--now", "2026-05-21", "--show")
    assert "Day of publication (as planned): Thu 5 Nov 2026" in page


def test_a_hold_that_ends_by_itself_is_owed_by_nobody_on_that_day(definitions: Path, reviewflow: Run) -> None:
    wish = {
        "title": "They asked us to wait",
        "stops": "publish",
        "at_most": "1 month",
        "send": "reminder",
        "to": "chair",
    }
    limits = {"end": {"title": "Six months", "due": "6 months after decision", "met_by": "publish"}}
    own = {"process": "wait", "reference": "WAIT-{year}-{number}", "holds": {"wish": wish}, "limits": limits}
    process = {**PROCESS, **own}
    (definitions / "processes" / "wait.yaml").write_text(yaml.safe_dump(process), encoding="utf-8")
    reviewflow("open", "wait", "--date", "decision=2026-05-05", "--now", "2026-05-05")
    reviewflow("hold", "WAIT-2026-001", "wish", *WHY, "--now", "2026-05-06")
    _, page, _ = reviewflow("today", "--now", "2026-06-06")
    assert "ends by itself Sat 6 Jun 2026" in page
    assert "Look again at the hold" not in page
    _, page, _ = reviewflow("show", "WAIT-2026-001", "--now", "2026-06-06")
    assert "To be looked at again" not in page
    _, page, _ = reviewflow("forecast", "WAIT-2026-001", "--now", "2026-05-08")
    said = " ".join(page.split())
    assert "“They asked us to wait” stops part of the way and ends by itself on Sat 6 Jun 2026" in said
    assert "looked at again" not in said
