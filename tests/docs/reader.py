"""Somebody who does all that a page says, in a copy of the definitions and with a database of their own."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from reviewflow.cli import main
from tests.docs.pages import Block, Command, blocks, changed, commands, is_like, named, written

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "definitions"
REVIEWS = ("processes", "groups", "tables", "documents")
"""What takes long to check, and is left out where a page needs none of it."""
EVERYTHING = "<!-- works with the shipped processes -->"


def office(page: str, folder: Path) -> None:
    """The definitions that a page works with: all of them when it says so, else all but the reviews."""
    left_out = () if EVERYTHING in page else REVIEWS
    shutil.copytree(SHIPPED, folder / "definitions", ignore=shutil.ignore_patterns(*left_out))
    for part in left_out:
        (folder / "definitions" / part).mkdir()
    if left_out:
        _names_no_limit(folder / "definitions" / "partnership.yaml")


def _names_no_limit(partnership: Path) -> None:
    """Which limits may be written about at any hour is said of the shipped processes, which are left out."""
    text = partnership.read_text("utf-8")
    partnership.write_text(re.sub(r"^breaks_daily:.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")


class Reader:
    """Does one page from top to bottom, in the folder where they stand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.files: list[str] = []
        self._shown_before: list[tuple[str, str]] = []

    def read(self, page: str, *, update: bool) -> str:
        """The page as it should be; what differs from it is told, unless it is to be updated."""
        found = page
        for block in reversed([*self._done(page, update=update)]):
            found = found[: block.start] + block.text + found[block.end :]
        for path, text in self._shown_before:
            _says(path, text)
        if self.files:
            self._must_pass()
        return found

    def _done(self, page: str, *, update: bool) -> list[Block]:
        done = []
        for block in blocks(page):
            match block.kind:
                case "console":
                    text = written(tuple(self._said(each, update=update) for each in commands(block)), block)
                    done.append(Block("console", text, block.start, block.end, block.indent))
                case "diff":
                    path, change, _ = named(block)
                    Path(path).write_text(changed(Path(path).read_text(), change))
                    self.files.append(path)
                case _:
                    self._file(block)
        return done

    def _file(self, block: Block) -> None:
        path, text, part = named(block)
        if part and not Path(path).exists():
            self._shown_before.append((path, text))
            return
        if part:
            _says(path, text)
            return
        Path(path).write_text(text)
        if Path(path).parts[0] == "definitions":
            self.files.append(path)

    def _said(self, command: Command, *, update: bool) -> Command:
        printed = self._give(command.words)
        if is_like(command.printed, printed):
            return command
        shown = "\n".join((f"$ {command.words}", *printed))
        assert update, f"This is printed, and the page shows something else (--update-golden writes it):\n{shown}"
        return Command(command.words, printed)

    def _give(self, words: str) -> tuple[str, ...]:
        match shlex.split(words):
            case ["reviewflow", *arguments]:
                return self._reviewflow(arguments)
            case ["export", setting]:
                name, _, value = setting.partition("=")
                self._patch.setenv(name, value)
                return ()
            case ["cd", path]:
                self._patch.chdir(path)
                return ()
            case ["cat", path]:
                return tuple(Path(path).read_text().splitlines())
            case other:
                raise AssertionError(f"No page may show another command: {other}")

    def _reviewflow(self, arguments: list[str]) -> tuple[str, ...]:
        printed = io.StringIO()
        self._patch.setattr(sys, "argv", ["reviewflow", *arguments])
        with redirect_stdout(printed), redirect_stderr(printed), pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code in {None, 0, 1}, f"{arguments}: {printed.getvalue()}"
        lines = [line.rstrip() for line in printed.getvalue().splitlines()]
        return tuple(lines)

    def _must_pass(self) -> None:
        """All that the reader has written is right in the end."""
        told = self._reviewflow(["check", *dict.fromkeys(self.files)])
        assert told[-1].endswith("no problems."), "\n".join(told)


def _says(path: str, text: str) -> None:
    """A part that a page shows stands in its file: at once, or by the end where the file follows further down."""
    assert text in Path(path).read_text(), f"{path} does not say:\n{text}"


def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("REVIEWFLOW_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REVIEWFLOW_BY", "you")
