"""Options that many commands share are declared once, and come to a command as one value."""

from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Annotated, get_args

import pytest
import typer

from reviewflow.cli.context import Acting, Context, FilesContext
from reviewflow.cli.options import Takes, with_options
from reviewflow.service.workspace.errors import NotUsable


@dataclass(frozen=True, kw_only=True)
class Size:
    width: Annotated[int, typer.Option("--width")]
    height: Annotated[int, typer.Option("--height")] = 2


def test_options_stand_where_the_value_stands_and_fill_it() -> None:
    told: list[object] = []

    def draw(name: str, *, size: Annotated[Size, Takes()], context: Annotated[Context, Takes("now")]) -> None:
        """Draw it."""
        told.extend((name, size, context.now, context.as_json))

    command = with_options(draw)
    parameters = signature(command).parameters
    assert list(parameters) == ["name", "width", "height", "now"]
    assert (parameters["width"].default, parameters["height"].default) == (parameters["width"].empty, 2)
    assert (command.__name__, command.__doc__) == ("draw", "Draw it.")
    command(name="house", width=3, height=4, now="2026-05-05")
    assert told == ["house", Size(width=3, height=4), "2026-05-05", False]


def test_what_shares_options_takes_them_in_the_order_of_help() -> None:
    assert get_args(Acting)[1].names == ("by", "now", "as_json", "key", "database", "folder")


def test_a_context_has_one_moment_and_one_giver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWFLOW_BY", "the chair")
    assert Context(now="2026-05-05T09:30").moment == datetime(2026, 5, 5, 8, 30, tzinfo=UTC)
    present = Context()
    assert present.moment is present.moment
    assert (present.who, Context(by="manager").who) == ("the chair", "manager")
    with pytest.raises(typer.BadParameter, match="too far away"):
        _ = Context(now="9999-12-31").moment


def test_only_what_opens_a_case_may_begin_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", "elsewhere")
    path = tmp_path / "cases.db"
    context = Context(database=f"sqlite:///{path}", folder=tmp_path)
    with pytest.raises(NotUsable, match="There is no database"):
        context.environ()
    assert context.environ(may_begin=True)["REVIEWFLOW_DEFINITIONS"] == str(tmp_path)
    with context.workspace(may_begin=True) as workspace:
        assert workspace.store.cases() == []
    assert path.exists()
    assert FilesContext().files.folder == Path("definitions")
