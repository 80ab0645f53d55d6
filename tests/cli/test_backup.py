"""backup, restore and settle as they are typed; `docs/backup.md` is the rest, done by tests/docs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewflow.cli import app, main
from reviewflow.service.backups.encryption import new_key
from tests.service.backups.offices import emptied_database
from tests.service.conftest import TOY

OPENING = ("open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05")


@pytest.fixture
def office(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVIEWFLOW_DATABASE", database_url)
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(TOY))
    monkeypatch.setenv("REVIEWFLOW_BY", "IT")
    new_key(tmp_path / "key")
    assert given(*OPENING).exit_code == 0
    return tmp_path


def given(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setattr("sys.argv", ["reviewflow", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().err


def test_the_whole_way_on_each_kind_of_database(
    office: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    backed_up = given("backup", "-o", "b.age", "--for", "key.pub", "--now", "2026-05-05T20:00")
    assert backed_up.exit_code == 0
    assert "The database: 1 case" in backed_up.output
    if database_url.startswith("sqlite"):
        restored(office, f"sqlite:///{office}/again/var/reviewflow.db", monkeypatch)
        return
    with emptied_database(database_url) as target:
        restored(office, target, monkeypatch, "--database", target)


def restored(office: Path, url: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    where = ("--into", "again", "--identity", "key", "--now", "2026-05-06")
    back = given("restore", "b.age", *where, *more)
    assert back.exit_code == 0, back.output
    assert "1 case audited: all whole, rows and chains as in the backup." in back.output
    monkeypatch.setenv("REVIEWFLOW_DATABASE", url)
    assert "no letter goes out until it is settled" in given("cases").output
    assert "no letter goes out until it is settled" in given("delivery").output
    letters = json.loads(given("settle", "--json").output)["letters"]
    (office / "mail.log").write_text(f"May  5 22:00:00 mx message-id=<{letters[0]['number']}.0f3a@example.org>\n")
    told = given("settle", "--log", "mail.log").output
    assert told.startswith("mail.log: 1 letter of these had gone; of 0 it is only likely.")
    left = json.loads(given("settle", "--json").output)["letters"]
    assert [letter["number"] for letter in left] == [letter["number"] for letter in letters[1:]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("backup", "-o", "b.age"), "For whom shall the backup be encrypted?"),
        (("backup", "--for", "key.pub"), "Where shall the backup be written?"),
        (("backup", "-o", "b.age", "--for", "key"), "This is a secret key"),
        (("backup", "-o", "key", "--for", "key.pub"), "key is there already"),
        (("backup", "--new-key", "key"), "key is there already"),
        (("restore", "nowhere.age", "--into", "again"), "There is no file nowhere.age"),
        (("restore", "key.pub", "--into", "again"), "is damaged, cut, or no backup"),
        (("settle",), "There is nothing to settle"),
        (("settle", "--all-sent", "--all-not-sent"), "A letter was sent or it was not"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_missing_or_wrong_is_said(
    office: Path,
    words: tuple[str, ...],
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert says in refused(capsys, monkeypatch, *words)
    assert sorted(path.name for path in office.iterdir()) == ["key", "key.pub", "var"]
