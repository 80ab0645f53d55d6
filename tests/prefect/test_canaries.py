"""Every free field and every secret carries a word of its own; afterwards each word stands only where it may.

Searched: every table of Prefect's database, its pages and logs, our database, letters with their headers, papers,
temporary files, what a crash prints, and the command lines and environments of all that was started.
"""

import os
import shutil
import sqlite3
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import running
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.answers.work_item import record_answer
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.contacts.people import give, read_person
from reviewflow.service.workspace.contact_keys import new_key
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import DEFINITIONS, DOCUMENTS, Workspace, open_workspace
from tests.case.rules.answers.test_screening import SCREENED, filled
from tests.cli.test_contacts import MESSAGE, PROCESS
from tests.prefect.page import Page, until
from tests.warm_servers import by_themselves

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TODAY = datetime.now(UTC).date()
KEY = new_key()

OFFICE, LETTERS, PAPERS, FLOWS = "the office's database", "letters", "papers", "the environment of the flows"
SERVER = "the environment of Prefect's server"
NOWHERE: frozenset[str] = frozenset()
HISTORY = frozenset({OFFICE})
SECRETS: Mapping[str, tuple[str, str]] = {
    "REVIEWFLOW_CONTACTS_KEY": (KEY, KEY),
    "REVIEWFLOW_MAIL_URL": ("mailto://office:Zqmailzq@127.0.0.1:2525", "Zqmailzq"),
    "REVIEWFLOW_RETURNS_URL": ("imaps://office:Zqreturnszq@127.0.0.1", "Zqreturnszq"),
    "REVIEWFLOW_CHANNEL_ALARM_URL": ("json://office:Zqchannelzq@127.0.0.1", "Zqchannelzq"),
}
"""What the office sets, and the part of it that must not be seen. The flows send letters, so they know it."""
REFUSED: Mapping[str, tuple[object, str]] = {
    "sessions": (["Zqlistzq!"], "Zqlistzq"),
    "paper": ("Zqpaperzq 943 476 5919", "Zqpaperzq"),
    "actions": ([{"what": "x", "lead": "Zqagencyzq", "by": TODAY.isoformat()}], "Zqagencyzq"),
    "done_on": ("Zqdayzq", "Zqdayzq"),
    "answered_by": ("Zqrefusedzq 943 476 5919", "Zqrefusedzq"),
    "not_identifying": ("Zqvouchedzq 943 476 5919", "Zqvouchedzq"),
    "Zqquestionzq": ("x", "Zqquestionzq"),
}
"""Answers that are refused, by question, and the word in each."""
ALONE = ("actions", "done_on", "answered_by")
ACCEPTED = {"sessions": ["Zqsessionzq room"], "paper": "Zqcupboardzq 943 476 5919", "not_identifying": "Zqwhyzq"}
TYPED_IN_PREFECT = ("Zqopenerzq", "Zqchangerzq", "Zqchangezq", "Zqanswererzq")
PEOPLE = ("zqmailboxzq@home.example.org", "Ms Zqaddressedzq")


def of_commands() -> dict[tuple[str, str], str]:
    """A word for every text of every command."""
    return {(kind.__name__, name): f"Zq{kind.__name__.lower()}{name.replace('_', '')}zq1" for kind, name in SCREENED}


def may_stand() -> Iterator[tuple[str, frozenset[str]]]:
    """Each word, and where it may stand. What is typed into a history may go on into letters and papers."""
    yield from ((word, frozenset({OFFICE, LETTERS, PAPERS})) for word in of_commands().values())
    yield from ((word, frozenset({OFFICE, LETTERS})) for word in TYPED_IN_PREFECT)
    yield from ((word, frozenset({OFFICE, PAPERS, LETTERS})) for word in ("Zqsessionzq", "Zqcupboardzq", "Zqwhyzq"))
    yield from ((word, NOWHERE) for _, word in REFUSED.values())
    yield from ((secret, frozenset({FLOWS})) for _, secret in SECRETS.values())
    yield from (("zqmailboxzq", NOWHERE), ("Zqaddressedzq", NOWHERE))


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "definitions"
    shutil.copytree(HERE.parent / "toy", folder)
    shutil.copytree(HERE / "everything", folder, dirs_exist_ok=True)
    (folder / "processes" / "told.yaml").write_text(PROCESS, encoding="utf-8")
    (folder / "messages" / "to_family.yaml").write_text(MESSAGE, encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    return {
        **os.environ,
        DATABASE: f"sqlite:///{tmp_path / 'reviewflow.db'}",
        DEFINITIONS: str(folder),
        DOCUMENTS: str(tmp_path / "papers"),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_OUTBOX_FOLDER": str(tmp_path / "letters"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "TMPDIR": str(tmp_path / "temporary"),
        **{name: value for name, (value, _) in SECRETS.items()},
    }


def test_each_word_stands_only_where_it_may(tmp_path: Path, environ: dict[str, str], migrated: Path) -> None:
    shutil.copytree(migrated, tmp_path / "prefect")
    with by_themselves(), running(tmp_path, free_port(), environ) as started:
        page = Page(started.environment)
        reference = everything_is_answered(page)
        with open_workspace(environ) as workspace:
            every_command_is_given(workspace, reference)
            crashed = what_a_crash_prints(workspace, tmp_path / "reviewflow.db", reference)
        run_deployment(page.environment, "chase/chase")
        password = started.environment["PREFECT_API_AUTH_STRING"].partition(":")[2]
        processes = {FLOWS: started.children[1:], SERVER: started.children[:1]}
        told = {where: "".join(map(environment_of, children)) for where, children in processes.items()}
        lines = "".join(map(command_lines_of, started.children))
    places = {
        OFFICE: the_files(tmp_path.glob("reviewflow.db*")),
        LETTERS: the_files((tmp_path / "letters").rglob("*")),
        PAPERS: the_files((tmp_path / "papers").rglob("*")),
        "temporary files": the_files((tmp_path / "temporary").rglob("*")),
        "logs": the_files((tmp_path / "logs").rglob("*")),
        "files of Prefect": the_files(
            path for path in (tmp_path / "prefect").rglob("*") if "prefect.db" not in path.name
        ),
        "what a crash prints": crashed,
        "command lines": lines,
        **told,
        **dict(tables(tmp_path / "prefect" / "prefect.db")),
    }
    assert all(places[where] for where in (OFFICE, LETTERS, PAPERS, "logs", "command lines", *told))
    words = {**dict(may_stand()), password: frozenset({FLOWS, SERVER})}
    lower = {where: text.lower() for where, text in places.items()}
    stands = {word: {where for where, text in lower.items() if word.lower() in text} for word in words}
    assert {word: stands[word] - allowed for word, allowed in words.items() if stands[word] - allowed} == {}
    recorded = (("Hold", "requested_by"), ("PlaceLegalHold", "matter"), ("OpenStep", "reason"), ("Withdraw", "reason"))
    must = {*TYPED_IN_PREFECT, "Zqcupboardzq", "Zqwhyzq", *(of_commands()[text] for text in recorded)}
    assert {word for word in must if OFFICE not in stands[word]} == set()


def everything_is_answered(page: Page) -> str:
    """A case opened, a form refused for each of its answers and then accepted, and a change by hand."""
    opening: dict[str, object] = {
        "day_aware": datetime.now(UTC).isoformat(),
        "day_decided": TODAY.isoformat(),
        "agencies": ["Police", "Hospital trust"],
        "answered_by": "Zqopenerzq",
    }
    reference = page.open("Everything", opening)[1].partition(" ")[0]
    name = f"{reference} · Draw up the plan"
    sound: dict[str, object] = {
        "answered_by": "Zqanswererzq",
        "actions": [{"what": "x", "lead": "Police", "by": (TODAY + timedelta(days=40)).isoformat()}],
        **ACCEPTED,
    }
    together = {question: answer for question, (answer, _) in REFUSED.items() if question not in ALONE}
    for wrong in (
        {**sound, **together},
        *({**sound, question: REFUSED[question][0]} for question in ALONE),
    ):
        is_refused(page, until(lambda: page.paused().get(name)), wrong)
    assert page.answer(until(lambda: page.paused().get(name)), sound)[0] == "Done"
    assert page.change(reference, change="Hold: A court", reason="Zqchangezq", answered_by="Zqchangerzq")[0] == "Done"
    return reference


def is_refused(page: Page, run: dict[str, Any], answers: dict[str, object]) -> None:
    """By Prefect, which holds an answer against the form before it takes it, or by us."""
    if page.resume(run, answers)["status"] == "ACCEPT":
        assert page.ended(run["id"])["state"]["name"] == "Refused"


def every_command_is_given(workspace: Workspace, reference: str) -> None:
    """Each with a word in each of its texts; what is refused must leave no trace either."""
    now, word = datetime.now(UTC), of_commands()
    for kind, name in SCREENED:
        if kind not in {c.Open, c.Withdraw, c.End}:
            give_command(workspace, reference, filled(kind, name, word[kind.__name__, name]), now)
    for command in (
        c.Release("court", word["Release", "reason"]),
        c.Hold("court", word["Hold", "reason"], word["Hold", "requested_by"]),
        c.Link("parallel", word["Link", "reference"], word["Link", "reason"]),
        c.OpenStep("again", word["OpenStep", "reason"]),
        c.PlaceLegalHold(
            word["PlaceLegalHold", "matter"], word["PlaceLegalHold", "reason"], word["PlaceLegalHold", "requested_by"]
        ),
        c.Respond("method", "need_more_time", word["Respond", "note"]),
        c.SetDate("publication", TODAY + timedelta(days=60), word["SetDate", "reason"]),
    ):
        give_command(workspace, reference, command, now)
    told = open_case(
        workspace, "told", c.Open({"notified": TODAY}, (), word["Open", "origin"]), by="Zqopenerzq", now=now
    )
    person = read_person(*PEOPLE)
    give(workspace, KEY, told.case.reference, "family", person, by="Zqopenerzq", now=now)
    give_command(workspace, told.case.reference, c.Withdraw(word["Withdraw", "reason"]), now)


def give_command(workspace: Workspace, reference: str, command: c.Command, now: datetime) -> None:
    with suppress(Refused, UserError, KeyError):
        carry_out(workspace, reference, command, by="Zqchangerzq", now=now)


def what_a_crash_prints(workspace: Workspace, database: Path, reference: str) -> str:
    """The traceback when the database gives way while an answer is recorded, as a log would have it."""
    with sqlite3.connect(database) as writer:
        writer.execute("CREATE TRIGGER gone BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END")
    writer.close()
    form = FormKey(reference, "speak", 1)
    answers = {"answered_by": "Zqanswererzq", "done_on": date.today().isoformat()}
    try:
        record_answer(workspace, form, answers, key="crash", now=datetime.now(UTC))
    except Exception:  # noqa: BLE001 - whatever it is, its words are looked at
        printed = traceback.format_exc()
    else:
        printed = ""
    with sqlite3.connect(database) as writer:
        writer.execute("DROP TRIGGER gone")
    writer.close()
    assert "the disk is gone" in printed
    return printed


T = TypeVar("T")


def environment_of(child: object) -> str:
    return "".join(
        f"{name}={value}\n" for process in family(child) for name, value in said(process.environ, {}).items()
    )


def command_lines_of(child: object) -> str:
    return "".join(" ".join(said(process.cmdline, [])) for process in family(child))


def said(ask: Callable[[], T], gone: T) -> T:
    """What a process says of itself; a run that has ended since it was listed says nothing any more."""
    try:
        return ask()
    except psutil.NoSuchProcess:
        return gone


def family(child: object) -> list[psutil.Process]:
    parent = psutil.Process(getattr(child, "pid"))  # noqa: B009 - a process of subprocess
    return [parent, *parent.children(recursive=True)]


def the_files(paths: Iterator[Path]) -> str:
    return "".join(path.read_bytes().decode(errors="replace") for path in paths if path.is_file())


def tables(database: Path) -> Iterator[tuple[str, str]]:
    with sqlite3.connect(database) as reader:
        names = [name for (name,) in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert {"flow_run", "flow_run_input", "log", "artifact", "events"} <= set(names)
        for name in names:
            yield f"table {name}", "\n".join(map(str, reader.execute(f'SELECT * FROM "{name}"')))
    reader.close()
