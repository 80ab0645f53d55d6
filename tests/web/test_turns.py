"""Answers beside a page of the board that is drawn: threads of the answer pages give way soon."""

import sys
from contextlib import nullcontext

import pytest

from flows import door


def test_a_page_that_is_drawn_gives_way_ten_times_as_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    before, seen = sys.getswitchinterval(), list[float]()
    monkeypatch.setattr(sys, "argv", ["door", "--port", "1"])
    monkeypatch.setattr(door, "the_workspace", nullcontext)
    monkeypatch.setattr(door, "application", lambda *_: None)
    monkeypatch.setattr(door, "begin_logs", lambda _: False)
    monkeypatch.setattr(door.uvicorn, "run", lambda *_, **__: seen.append(sys.getswitchinterval()))
    try:
        door.main()
    finally:
        sys.setswitchinterval(before)
    assert seen == [pytest.approx(before / 10)]
