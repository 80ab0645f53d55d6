"""A page of the documentation as something that can be done: files to write, changes to make, commands to give.

A YAML block begins with the file it stands in, as a comment: `# definitions/processes/our_review.yaml`. A whole file is
written; one that begins `# part of ...` must stand in that file as it is shown. A diff block names its file in the same
way; its lines with - are taken out and those with + put in. A console block holds commands after `$ `, each with what
it prints; a line of `...` stands for any lines.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (?P<part>part of )?(?P<path>[\w/.]+\.ya?ml)\n+")
LEFT_OUT = "..."
DONE_BY_THE_READER = {"yaml", "diff", "console"}


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page, and where it stands in the page's text."""

    kind: str
    text: str
    start: int
    end: int
    indent: str


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block, and the lines that it shall print."""

    words: str
    printed: tuple[str, ...] = ()


def blocks(page: str) -> Iterator[Block]:
    for found in FENCE.finditer(page):
        if found["kind"] in DONE_BY_THE_READER:
            text = textwrap.dedent(found["text"])
            yield Block(found["kind"], text, found.start("text"), found.end("text"), found["indent"])


def named(block: Block) -> tuple[str, str, bool]:
    """The file that a block belongs to, the text that stands in it, and whether it is only a part."""
    found = NAMED.match(block.text)
    assert found, f"This block does not begin with the file it stands in:\n{block.text}"
    return found["path"], block.text[found.end() :], bool(found["part"])


def changed(text: str, change: str) -> str:
    """A file after a diff block: each run of lines that is marked is found once, and laid over."""
    for hunk in re.split(r"^\.\.\.\n", change, flags=re.MULTILINE):
        lines = hunk.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert text.count(old) == 1, f"These lines stand {text.count(old)} times in the file:\n{old}"
        text = text.replace(old, new)
    return text


def commands(block: Block) -> tuple[Command, ...]:
    found: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line.removeprefix("$ ")))
        elif line.startswith("> "):
            found[-1] = replace(found[-1], words=found[-1].words.removesuffix("\\") + line.removeprefix("> "))
        else:
            found[-1] = replace(found[-1], printed=(*found[-1].printed, line))
    return tuple(found)


def written(done: tuple[Command, ...], block: Block) -> str:
    """The block's text with these outputs; long commands keep the way they were broken."""
    shown = iter(done)
    lines: list[str] = []
    for line in block.text.splitlines():
        if line.startswith("$ ") and lines:
            lines += next(shown).printed
        if line.startswith(("$ ", "> ")):
            lines.append(line)
    lines += next(shown).printed
    return textwrap.indent("".join(f"{line}\n" for line in lines), block.indent)


def is_like(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether the lines shown are the lines printed, with any number of them in place of `...`."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() == LEFT_OUT else f"{re.escape(line)}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def all_pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.md"))
