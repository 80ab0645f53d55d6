"""An answer does not wait for the board, and the board follows once it is calm."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import StoreUnavailable
from tasks.boards import board_behind
from tasks.boards.board_behind import BoardBehind
from tests.service.builders import at
from tests.web.letters import Post

PATIENCE = 20


class Drawn(list[str]):
    """What is drawn, in order; nothing is drawn before it `may` be."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.has_drawn = threading.Event()

    def __call__(self, _workspace: object, reference: str, _now: object) -> None:
        assert self.may.wait(PATIENCE)
        self.append(reference)
        self.has_drawn.set()


def test_who_answers_does_not_wait(post: Post) -> None:
    drawn = Drawn()
    behind = BoardBehind(lambda: nullcontext(post.workspace), drawn).start()
    behind.follow(post.workspace, "TR-2026-001", at(5))
    assert drawn == []
    drawn.may.set()
    assert drawn.has_drawn.wait(PATIENCE)
    assert drawn == ["TR-2026-001"]


def test_while_many_answer_nothing_is_drawn_and_then_each_case_once(post: Post) -> None:
    drawn = Drawn()
    drawn.may.set()
    behind = BoardBehind(lambda: nullcontext(post.workspace), drawn)
    cases = [f"TR-2026-{number:03d}" for number in range(board_behind.RUSH + 2)]
    for reference in (*cases, cases[0]):
        behind.follow(post.workspace, reference, at(5) + timedelta(seconds=1))
    assert behind.beat()
    assert drawn == []
    assert behind.beat()
    assert drawn == cases[: board_behind.EACH]
    assert [behind.beat() for _ in cases[board_behind.EACH :: board_behind.EACH]][-1] is False
    assert drawn == cases


def test_where_many_answer_while_one_is_drawn_the_next_waits(post: Post) -> None:
    rush = [f"TR-2026-{number:03d}" for number in range(10, 10 + board_behind.RUSH)]
    drawn: list[str] = []

    def draw(_workspace: object, reference: str, _now: object) -> None:
        drawn.append(reference)
        for other in rush if len(drawn) == 1 else ():
            behind.follow(post.workspace, other, at(5))

    behind = BoardBehind(lambda: nullcontext(post.workspace), draw)
    for reference in ("TR-2026-001", "TR-2026-002"):
        behind.follow(post.workspace, reference, at(5))
    assert behind.beat()
    assert drawn == ["TR-2026-001"]
    assert behind.beat()  # many have answered since the last look
    assert drawn == ["TR-2026-001"]
    while behind.beat():
        pass
    assert drawn == ["TR-2026-001", "TR-2026-002", *rush]


def test_more_than_may_wait_are_left_to_the_next_sweep(post: Post) -> None:
    drawn = Drawn()
    drawn.may.set()
    behind = BoardBehind(lambda: nullcontext(post.workspace), drawn)
    for number in range(board_behind.MOST + 1):
        behind.follow(post.workspace, str(number), at(5))
    behind.beat()
    while behind.beat():
        pass
    assert len(drawn) == board_behind.MOST


def test_one_that_fails_is_left_to_the_next_sweep_and_the_others_are_drawn(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    drawn, is_away = Drawn(), iter([True, False])
    drawn.may.set()

    @contextmanager
    def office() -> Iterator[Workspace]:
        if next(is_away):
            raise StoreUnavailable("postgresql://somebody:secret@server")
        yield post.workspace

    behind = BoardBehind(office, drawn)
    for reference in ("TR-2026-001", "TR-2026-002"):
        behind.follow(post.workspace, reference, at(5))
    assert behind.beat() is False
    assert drawn == ["TR-2026-002"]
    assert "StoreUnavailable" in caplog.text
    assert "secret" not in caplog.text
