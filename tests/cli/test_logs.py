"""Logs for machines: whatever is said, by whom and how, no word of it stands in a line."""

import ast
import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from flows.middleware.log_lines import Logged
from reviewflow.cli.logs import LOG, OURS, Happening, PageKind, begin_logs, tell
from reviewflow.service.workspace.errors import SettingsError
from tests.service.builders import opened
from tests.web.letters import URL, Post, asked

ROOT = Path(__file__).parents[2]
HOSTILE = 'Zqzq 943 476 5919\n{"level": "forged"} \x1b[31m\u2028'
CODE = ("reviewflow", "flows", "tasks", "notifications")
SPEAKERS = {
    "reviewflow/cli/logs.py",
    "reviewflow/service/workspace/definition_files.py",
    "reviewflow/service/workspace/last_sound.py",
    "notifications/hearing.py",
    "tasks/beside.py",
}
"""Where our code asks for a logger: another place is to be looked at with this test."""


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is written from now on, in place of what each logger writes to; all is put back at the end."""
    root = logging.getLogger()
    loggers = [root, *(each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger))]
    before = [(each, each.handlers[:], each.level) for each in loggers]
    stream, hook = io.StringIO(), sys.excepthook
    assert begin_logs({LOG: "json"}, stream)
    yield stream
    sys.excepthook = hook
    for logger, handlers, level in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)


def read(stream: io.StringIO) -> list[dict[str, object]]:
    """Each line is one object, and none has a word of the hostile text."""
    text = stream.getvalue()
    assert not any(part in text for part in ("Zqzq", "943 476", "forged", "\x1b"))
    return [json.loads(line) for line in text.splitlines()]


def raising() -> None:
    raise ValueError(HOSTILE)


@pytest.mark.filterwarnings("ignore:Logger 'prefect.flow_runs' attempted:UserWarning")  # as it does outside of a run
@pytest.mark.parametrize("name", ["reviewflow.definitions", "uvicorn.error", "prefect.flow_runs", "a.b", HOSTILE])
def test_no_word_of_a_message_an_argument_or_a_failure_is_written(lines: io.StringIO, name: str) -> None:
    log = logging.getLogger(name)
    log.setLevel(logging.NOTSET)  # a server that ran in this process may have made it quieter
    log.warning(HOSTILE)
    log.error("about %s", HOSTILE, stack_info=True, extra={"reference": HOSTILE, "reviewflow_facts": {"x": HOSTILE}})
    log.log(logging.WARNING + 1, HOSTILE)
    try:
        raising()
    except ValueError:
        log.exception(HOSTILE)
    told = read(lines)
    assert [line["level"] for line in told] == ["WARNING", "ERROR", "31", "ERROR"]
    assert told[3]["raised"] == "ValueError"
    assert str(told[3]["raised_at"]).startswith("test_logs.py:")
    assert all(str(line["where"]).startswith("test_logs.py:") for line in told)


def test_a_class_named_by_somebody_is_not_written(lines: io.StringIO) -> None:
    try:
        raise type("Zqzq 943", (Exception,), {})  # noqa: TRY301
    except Exception:
        logging.getLogger("a").exception("x")
    assert read(lines)[0]["raised"] == "?"


def test_the_last_words_of_a_process_are_none_of_the_failure(lines: io.StringIO) -> None:
    try:
        raising()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    [line] = read(lines)
    assert (line["level"], line["raised"]) == ("CRITICAL", "ValueError")


def test_what_happened_is_told_with_numbers_and_fixed_words(lines: io.StringIO) -> None:
    tell(Happening.SWEPT, chased=4, sent=3, failed=0)
    tell(Happening.ANSWERED, page=PageKind.LETTER, status=200)
    swept, answered = read(lines)
    assert {name: swept[name] for name in ("level", "happened", "chased", "sent")} == {
        "level": "INFO",
        "happened": "swept",
        "chased": 4,
        "sent": 3,
    }
    assert (answered["page"], answered["status"]) == ("letter", 200)
    with pytest.raises(TypeError):
        tell(Happening.ANSWERED, page=HOSTILE)  # type: ignore[arg-type]


def test_the_answer_pages_write_no_address_and_nothing_that_was_sent(
    lines: io.StringIO, office_post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = asked(office_post)
    client = TestClient(Logged(office_post.app), base_url=URL, raise_server_exceptions=False)
    client.get(path)
    client.get("/a/Zqzq943")
    client.get("/Zqzq943/5919?q=Zqzq")
    client.post(path, data={"f.kind": HOSTILE, "f.note": HOSTILE})
    monkeypatch.setattr(office_post.workspace.store, "link", lambda _: raising())
    client.get(path)
    assert path.rpartition("/")[2] not in lines.getvalue()
    pages = [(line["page"], line["status"]) for line in read(lines) if line["happened"] == "answered"]
    assert pages == [("letter", 200), ("letter", 404), ("other", 404), ("letter", 422), ("letter", 503)]


@pytest.fixture
def office_post(tmp_path: Path) -> Iterator[Post]:
    from reviewflow.service.workspace.workspace import Workspace
    from reviewflow.store import open_store
    from tests.service.builders import at
    from tests.web.letters import TOY

    store = open_store(f"sqlite:///{tmp_path}/office.db")
    store.migrate()
    post = Post(Workspace(store, TOY), tmp_path / "letters", at(5))
    opened(post.workspace)
    post.deliver()
    post.now = at(12)
    yield post
    store.close()


def test_a_broken_office_file_is_told_without_what_stands_in_it(
    lines: io.StringIO, office_post: Post, tmp_path: Path
) -> None:
    office_post.workspace.keep_sound_files(office_post.now)
    folder = tmp_path / "definitions"
    folder.mkdir()
    (folder / "partnership.yaml").write_text(f"language: 1\npartnership: [{HOSTILE!r}")
    office_post.workspace.__class__(office_post.workspace.store, folder).partnership.model_dump()
    assert [line["logger"] for line in read(lines)] == ["reviewflow.definitions"]


def test_our_code_asks_for_loggers_only_where_this_test_looks() -> None:
    found = {
        str(path.relative_to(ROOT))
        for folder in CODE
        for path in (ROOT / folder).rglob("*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr == "getLogger"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert found == SPEAKERS


def test_text_stays_text_and_another_word_is_refused() -> None:
    handlers = logging.getLogger().handlers[:]
    assert not begin_logs({})
    assert not begin_logs({LOG: "text"})
    assert logging.getLogger().handlers == handlers
    with pytest.raises(SettingsError, match="REVIEWFLOW_LOG can be json or text"):
        begin_logs({LOG: "yaml"})
    assert logging.getLogger(OURS).name == OURS
