"""What is told of a time limit that a booked meeting meets: before it is booked, after, on its day, and after that."""

import shutil
import sys
from pathlib import Path

import pytest

from reviewflow.cli import main

TOY = Path(__file__).parent.parent / "toy"
PROCESS = """\
language: 1
process: meet
version: 1
title: Meet in time
guidance: toy_guidance
reference: MEE-{year}-{number}
opening: {dates: {notified: When it was notified}}
dates: {meeting_day: {title: Day of the meeting}}
limits: {in_time: {title: Met in time, due: 15 working days after notified, met_by: meeting}}
steps:
  book:
    title: Book it
    owner: chair
    due: 3 working days after notified
    form: {day: {type: date, label: On which day, sets: meeting_day}}
  meeting:
    title: Hold the meeting
    after: book
    owner: chair
    due: on meeting_day
"""


def test_each_day_has_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TOY, tmp_path / "definitions")
    (tmp_path / "definitions" / "processes" / "meet.yaml").write_text(PROCESS, encoding="utf-8")
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/cases.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(tmp_path / "definitions"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
        with pytest.raises(SystemExit):
            main()
        return " ".join(capsys.readouterr().out.split())

    def told(day: str) -> str:
        both = [run("why", "MEE-2026-001", "in_time", "--now", day), run("forecast", "MEE-2026-001", "--now", day)]
        hangs = [words.partition("It hangs on: ")[2].partition(" Reminders")[0] for words in both]
        assert hangs[0] == hangs[1]
        return hangs[0]

    run("open", "meet", "--date", "notified=2026-05-05", "--now", "2026-05-05")
    assert told("2026-05-06") == "Book it, due Fri 8 May 2026; Hold the meeting, then Fri 8 May 2026."
    run("complete", "MEE-2026-001", "book", "day=2026-05-20", "--now", "2026-05-06")
    assert told("2026-05-07") == "Hold the meeting, planned for Wed 20 May 2026."
    assert told("2026-05-20T09:00") == "Hold the meeting, due Wed 20 May 2026."
    assert told("2026-05-21").startswith(
        "Hold the meeting, planned for Wed 20 May 2026 and not recorded as done (record it, or plan another day), "
        "foreseen for Fri 22 May 2026."
    )
    run("complete", "MEE-2026-001", "meeting", "--on", "2026-05-20", "--now", "2026-05-21")
    run("reopen", "MEE-2026-001", "meeting", "--reason", "it was not quorate", "--now", "2026-05-21")
    assert told("2026-05-22") == "Hold the meeting, due Wed 27 May 2026."  # its day is over, and it is not booked anew
