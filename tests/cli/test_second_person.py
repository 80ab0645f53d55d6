"""What needs two people: one asks, the code goes to the other's mailbox, the other confirms. Mail over real SMTP."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from tests.notifications.servers import LoopbackServer, PostOffice, words

SHIPPED = Path(__file__).parent.parent.parent / "definitions"
ASKED = ["delivery", "live", "--by", "A. Officer, business support"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of its definitions; it rehearses."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(tmp_path / "definitions"))
    monkeypatch.setenv("REVIEWFLOW_OUTBOX_FOLDER", str(tmp_path / "messages"))
    monkeypatch.setenv("REVIEWFLOW_SENDER", "reviews@northmoor-scp.example.org")
    monkeypatch.delenv("REVIEWFLOW_DELIVERY", raising=False)
    return shutil.copytree(SHIPPED, tmp_path / "definitions")


@pytest.fixture
def mailed(office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    post = PostOffice()
    server = LoopbackServer(post)
    server.start()
    monkeypatch.setenv("REVIEWFLOW_MAIL_URL", f"mailto://127.0.0.1:{server.port}")
    yield post
    server.stop()


def says(*arguments: str) -> str:
    return CliRunner().invoke(app, list(arguments)).output


def confirmed(code: str, by: str, number: int = 1) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["confirm", str(number), "--by", by], input=f"{code}\n")
    return done.exit_code, str(done.exception or done.output)


def code_of(post: PostOffice, asks_to: str = "let messages go out") -> str:
    letter = post.mails[-1]
    assert letter["To"] == "business.manager@northmoor-scp.example.org"
    assert f"A. Officer, business support asks to {asks_to}" in words(letter)
    found = re.search(r"this code: (\S{4}-\S{4})", words(letter))
    assert found
    return found[1]


def test_one_asks_and_another_confirms_with_the_code_from_the_mailbox(mailed: PostOffice, capfd: object) -> None:
    assert CliRunner().invoke(app, ASKED).exit_code == 0
    code = code_of(mailed)
    assert "Delivery is test" in says("delivery")
    assert "somebody else confirms" in confirmed(code, "a.  officer, Business Support")[1]
    assert "not the code of request 1. Tries left: 4" in confirmed("AAAA-AAAA", "B. Manager")[1]
    assert confirmed(code.lower().replace("-", " "), "B. Manager") == (
        0,
        "Code: \nDelivery is live: messages go out.\n",
    )
    log = says("delivery")
    assert "Delivery is live: messages go out (switched by A. Officer, business support" in log
    assert "asked to let messages go out (delivery live); the code went to business_manager" in log
    assert "confirmed: request 1, by B. Manager" in log
    assert code not in log
    assert "It was confirmed by B. Manager already" in confirmed(code, "B. Manager")[1]


def test_a_code_is_of_no_use_after_five_wrong_tries(mailed: PostOffice) -> None:
    CliRunner().invoke(app, ASKED)
    for _ in range(5):
        confirmed("AAAA-AAAA", "B. Manager")
    assert "A wrong code was given 5 times" in confirmed(code_of(mailed), "B. Manager")[1]
    assert "Delivery is test" in says("delivery")


def test_the_code_does_not_leave_a_machine_that_only_rehearses(
    office: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DELIVERY", "test")
    assert CliRunner().invoke(app, ASKED).exit_code == 0
    assert "not sent" in capfd.readouterr().out
    assert len([*(office.parent / "messages").glob("*.eml")]) == 1


def test_without_a_mail_server_nobody_can_be_asked(office: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert CliRunner().invoke(app, ASKED).exit_code == 1
    assert "REVIEWFLOW_MAIL_URL must say how to reach the mail server" in capfd.readouterr().err


def test_an_office_may_say_that_one_person_is_enough_and_its_log_says_so(office: Path) -> None:
    partnership = office / "partnership.yaml"
    written = partnership.read_text()
    partnership.write_text(
        written.replace("second_person: [business_manager, review_group_chair]", "second_person: nobody")
    )
    assert says(*ASKED) == "Delivery is live: messages go out.\n"
    assert "one person was enough to let messages go out" in says("delivery")
    partnership.write_text(written.replace("second_person: [business_manager, review_group_chair]\n", ""))
    told = CliRunner().invoke(app, ASKED)
    assert "does not say who the second may be" in str(told.exception)


BRIEF = """\
language: 1
process: brief
version: 1
title: Look at something briefly
reference: BR-{year}-{number}
opening: {dates: {notified: When it was notified}, agencies: at least 1}
retention: {class: a brief look, keep: 1 year}
steps:
  look: {title: Look at it, owner: business_manager}
"""
KEPT_FOR = ["--matter", "claim", "--reason", "a claim was made", "--by", "A. Officer, business support"]


@pytest.fixture
def over(office: Path) -> str:
    """A case whose day to be destroyed is past."""
    (office / "processes" / "brief.yaml").write_text(BRIEF)
    opening = ["open", "brief", "--date", "notified=2020-01-06", "--agency", "police", "--now", "2020-01-06"]
    opened = CliRunner().invoke(app, opening)
    assert "BR-2020-001" in opened.output, (opened.output, opened.exception)
    withdrawn = ["withdraw", "BR-2020-001", "--reason", "twice", "--now", "2020-01-07"]
    assert CliRunner().invoke(app, withdrawn).exit_code == 0
    return "BR-2020-001"


def test_a_case_is_destroyed_by_two(mailed: PostOffice, over: str, tmp_path: Path) -> None:
    asked = ["retention", "destroy", over, "--reason", "the schedule", "--by", "A. Officer, business support"]
    assert CliRunner().invoke(app, [*asked, "-o", str(tmp_path / "certificate.md")]).exit_code == 0
    code = code_of(mailed, f"destroy {over} for good")
    assert "No case was destroyed." in says("retention", "destroyed")
    assert "somebody else confirms" in confirmed(code, "A. Officer, business support")[1]
    assert CliRunner().invoke(app, ["show", over]).exit_code == 0
    status, told = confirmed(code, "B. Manager")
    assert (status, "Hash of this certificate: " in told) == (0, True), told
    assert CliRunner().invoke(app, ["show", over]).exit_code == 1
    assert over in says("retention", "destroyed")


def test_a_legal_hold_is_lifted_by_two_and_placed_by_one(mailed: PostOffice, over: str) -> None:
    assert says("retention", "hold", over, *KEPT_FOR).startswith(f"Kept until the hold for claim is lifted: {over}.")
    assert mailed.mails == []
    assert CliRunner().invoke(app, ["retention", "lift", over, *KEPT_FOR]).exit_code == 0
    code = code_of(mailed, f"lift the legal hold for claim from {over}")
    assert "was kept for it already" in says("retention", "hold", over, *KEPT_FOR)
    assert "somebody else confirms" in confirmed(code, "A. Officer, business support")[1]
    assert confirmed(code, "B. Manager") == (0, f"Code: \nNo longer kept for claim: {over}.\n")
    assert "was kept for it already" not in says("retention", "hold", over, *KEPT_FOR)
