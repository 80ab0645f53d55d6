"""The people of one case: given, shown, erased; their letters released. Who they are stands nowhere."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.cli import main
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.workspace.contact_keys import new_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

TOY = Path(__file__).parent.parent / "toy"
PROCESS = """
language: 1
process: told
version: 1
title: Told
reference: TD-{year}-{number}
contacts:
  family: {title: The family}
opening:
  dates: {notified: When it was notified}
steps:
  begin: {title: Begin, owner: chair, due: 2 working days after notified}
  tell: {title: Tell the family, after: begin, send: to_family, to: contact family}
  close: {title: Close, after: tell, owner: chair}
"""
MESSAGE = """
language: 1
message: to_family
subject: About our work
text: |
  Dear {addressed},
  we have begun. Ring {contact_name} on {contact_phone}.
"""
MAILBOX, ADDRESSED = "quentin.quist@home.example.org", "Mr Quist-Quimby"
CASE, NUMBER = "TD-2026-001", "TD-2026-001/3.1"
BY = ("--by", "A. Manager, head of service")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reviewflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; what it reads from its input is `typed`. The key lies outside the office's folder."""
    folder, office = tmp_path / "definitions", tmp_path / "office"
    office.mkdir()
    shutil.copytree(TOY, folder)
    (folder / "processes" / "told.yaml").write_text(PROCESS, encoding="utf-8")
    (folder / "messages" / "to_family.yaml").write_text(MESSAGE, encoding="utf-8")
    (tmp_path / "key").write_text(f"{new_key()}\n", encoding="utf-8")
    monkeypatch.setenv("REVIEWFLOW_CONTACTS_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{office}/cases.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(folder))
    monkeypatch.chdir(office)

    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    run("open", "told", "--date", "notified=2026-05-05", "--now", "2026-05-05")
    run("complete", CASE, "begin", "--now", "2026-05-06T10:00")
    return run


def given(reviewflow: Run) -> None:
    status, said, _ = reviewflow("contacts", "set", CASE, "family", *BY, typed=f"{MAILBOX}\n{ADDRESSED}\n")
    assert (status, said) == (0, f'Contact "family" of {CASE} is given. Who that is stands apart, encrypted.\n')


def test_a_letter_goes_when_it_is_given_and_released_and_nothing_tells_who_that_is(
    reviewflow: Run, tmp_path: Path
) -> None:
    assert "family (The family): not given" in reviewflow("contacts", "show", CASE)[1]
    status, _, refused = reviewflow("letters", "release", NUMBER, *BY)
    assert status == 1
    assert f"Give it: reviewflow contacts set {CASE} family" in refused
    given(reviewflow)
    said = [reviewflow(*words, "--now", "2026-05-07T10:00")[1] for words in (("show", CASE), ("due",), ("cases",))]
    assert "the letter waits to be released" in said[0]
    assert all("1 letter to a contact of a case waits to be released" in page for page in said[1:])
    said.append(reviewflow("letters", "waiting")[1])
    assert "The family" in said[-1]
    said.append(reviewflow("letters", "show", NUMBER)[1])
    assert "Dear {addressed}," in said[-1]
    said.append(reviewflow("outbox")[1])
    assert "wait to be released by somebody" in said[-1]
    said.append(reviewflow("digest", "business_support", "--dry-run", "--now", "2026-05-07T10:00")[1])
    said.append(reviewflow("sweep", "--now", "2026-05-07T10:00")[1])
    assert not [path for path in (tmp_path / "office").rglob("*.eml") if "About our work" in path.read_text()]
    assert reviewflow("letters", "release", NUMBER, *BY, "--now", "2026-05-07T10:00")[0] == 0
    said.append(reviewflow("sweep", "--now", "2026-05-07T10:05")[1])
    [mail] = [path for path in (tmp_path / "office").rglob("*.eml") if "About our work" in path.read_text()]
    assert "To: contact.family@td-2026-001.3.1.invalid" in mail.read_text()
    said += [
        reviewflow(*words)[1] for words in (("history", CASE, "--json"), ("outbox",), ("audit",), ("report", "--json"))
    ]
    assert "the letter to “The family” was released" in said[-4]
    said.append(_in_prefect(tmp_path))
    assert CASE in said[-1]
    reviewflow("disclose", CASE, *BY, "-o", "disclosed")
    _nowhere(tmp_path / "office", "\n".join(said))


def _in_prefect(tmp_path: Path) -> str:
    """All that Prefect is given of the cases."""
    store = open_store(f"sqlite:///{tmp_path}/office/cases.db")
    shown = pictures(Workspace(store, tmp_path / "definitions"), store.cases(), now=datetime(2026, 5, 8, tzinfo=UTC))
    store.close()
    return repr(shown)


def _nowhere(folder: Path, said: str) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"cases.db"} <= {path.name for path in files}
    assert any(path.suffix in {".html", ".md"} for path in files)
    for secret in (MAILBOX, ADDRESSED, "quist"):
        assert secret.lower() not in said.lower()
        assert [path.name for path in files if secret.lower().encode() in path.read_bytes().lower()] == []


def test_who_it_is_is_shown_to_whoever_says_so_and_the_log_keeps_that(reviewflow: Run) -> None:
    given(reviewflow)
    assert MAILBOX not in reviewflow("contacts", "show", CASE)[1]
    assert f"{ADDRESSED} <{MAILBOX}>" in reviewflow("contacts", "show", CASE, "--reveal", *BY)[1]
    log = reviewflow("delivery")[1]
    assert 'contact_revealed: {"case": "TD-2026-001", "contacts": ["family"]}, by A. Manager, head of service' in log
    [line] = json.loads(reviewflow("contacts", "show", CASE, "--json")[1])
    assert (line["name"], "mailbox" in line) == ("family", False)


def test_what_is_erased_is_gone_without_a_key_and_the_chain_holds(
    reviewflow: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(reviewflow)
    monkeypatch.delenv("REVIEWFLOW_CONTACTS_KEY_FILE")
    erased = reviewflow("contacts", "erase", CASE, "family", "--reason", "they asked for it", *BY)
    assert erased[0] == 0
    assert "erased" in reviewflow("contacts", "show", CASE)[1]
    status, _, refused = reviewflow("letters", "release", NUMBER, *BY)
    assert (status, "was erased on" in refused) == (1, True)
    assert reviewflow("letters", "refuse", NUMBER, "--reason", "they do not want one", *BY)[0] == 0
    assert "No letter waits to be released." in reviewflow("letters", "waiting")[1]
    assert reviewflow("audit")[0] == 0


def test_nothing_is_kept_without_a_key_or_of_what_is_no_mailbox(
    reviewflow: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, refused = reviewflow("contacts", "set", CASE, "family", typed=f"{MAILBOX} or so\n\n")
    assert (status, "not an e-mail address" in refused, MAILBOX in refused) == (1, True, False)
    assert "a contact of this process" in reviewflow("contacts", "set", CASE, "famly", typed=f"{MAILBOX}\nHe\n")[2]
    assert reviewflow("letters", "release", NUMBER)[0] == 1
    monkeypatch.delenv("REVIEWFLOW_CONTACTS_KEY_FILE")
    status, _, refused = reviewflow("contacts", "set", CASE, "family", typed=f"{MAILBOX}\n{ADDRESSED}\n")
    assert status == 1
    assert "Make one with: reviewflow contacts new-key" in refused
    assert "No key is set here" in reviewflow("contacts", "show", CASE)[1]
    monkeypatch.setenv("REVIEWFLOW_CONTACTS_KEY", "no key")
    assert "is not a key" in reviewflow("contacts", "set", CASE, "family", typed=f"{MAILBOX}\n{ADDRESSED}\n")[2]


def test_an_older_key_opens_what_it_sealed_and_a_new_one_alone_does_not(reviewflow: Run, tmp_path: Path) -> None:
    given(reviewflow)
    key = tmp_path / "key"
    older, newer = key.read_text(encoding="utf-8"), reviewflow("contacts", "new-key")[1]
    key.write_text(newer, encoding="utf-8")
    assert "Add the older key" in reviewflow("contacts", "show", CASE, "--reveal", *BY)[2]
    key.write_text(newer + older, encoding="utf-8")
    assert MAILBOX in reviewflow("contacts", "show", CASE, "--reveal", *BY)[1]


def signed(reviewflow: Run, folder: Path, begun: str) -> None:
    """A case whose letter to the family the chair alone releases, and which waits for that since then."""
    process = PROCESS.replace("process: told", "process: signed").replace("TD-", "SG-")
    process = process.replace("to: contact family", "to: contact family, released_by: chair")
    (folder / "definitions" / "processes" / "signed.yaml").write_text(process, encoding="utf-8")
    reviewflow("open", "signed", "--date", "notified=2026-05-05", "--now", "2026-05-05")
    reviewflow("complete", "SG-2026-001", "begin", "--now", begun)
    reviewflow("contacts", "set", "SG-2026-001", "family", *BY, typed=f"{MAILBOX}\n{ADDRESSED}\n")


def test_a_letter_for_one_post_goes_in_its_name_alone(reviewflow: Run, tmp_path: Path) -> None:
    signed(reviewflow, tmp_path, "2026-05-06T10:00")
    waiting = reviewflow("letters", "waiting")[1]
    assert "(chair)" in waiting
    assert "Where a post releases it, add --by-role POST." in waiting
    assert "waits to be released by the" in " ".join(
        reviewflow("show", "SG-2026-001", "--now", "2026-05-06")[1].split()
    )
    number = "SG-2026-001/3.1"
    status, _, refused = reviewflow("letters", "release", number, *BY)
    assert (status, "that is for chair" in refused) == (1, True)
    status, _, refused = reviewflow("letters", "refuse", number, *BY, "--reason", "no", "--by-role", "police")
    assert (status, '"police" may not refuse the letter of "tell"' in refused) == (1, True)
    assert reviewflow("letters", "release", number, *BY, "--by-role", "chair", "--now", "2026-05-07T10:00")[0] == 0
    assert "Decided by" in " ".join(reviewflow("history", "SG-2026-001")[1].split())


@pytest.mark.parametrize("waits", [True, False])
def test_the_post_hears_of_a_letter_only_while_it_waits(reviewflow: Run, tmp_path: Path, *, waits: bool) -> None:
    signed(reviewflow, tmp_path, "2026-05-06T07:00")
    if not waits:
        released = ("letters", "release", "SG-2026-001/3.1", *BY, "--by-role", "chair", "--now", "2026-05-06T07:30")
        assert reviewflow(*released)[0] == 0
    reviewflow("sweep", "--now", "2026-05-06T12:00")
    mails = [path.read_text() for path in (tmp_path / "office").rglob("*.eml")]
    assert any("To be released by you" in mail and "chair@scp.example.org" in mail for mail in mails) is waits
    assert any("To: contact.family@sg-2026-001.3.1.invalid" in mail for mail in mails) is not waits
