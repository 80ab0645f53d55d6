"""What a page has people do, in its order: commands to type word for word, and what they are to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COMMANDS = re.compile(r"^ *```bash\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """What stands under one heading."""

    title: str
    text: str

    @property
    def commands(self) -> Sequence[Sequence[str]]:
        """Blocks of lines to type."""
        return [[line.strip() for line in block.splitlines() if line.strip()] for block in COMMANDS.findall(self.text)]

    @property
    def steps(self) -> Sequence[str]:
        """The numbered ones."""
        return [step.group(1) for step in re.finditer(r"^\d+\. (.*?)(?=^\d+\. |^\S|\Z)", self.text, re.DOTALL | re.M)]


def sections(page: Path) -> dict[str, Section]:
    """Of a page, by heading, in its order."""
    parts = re.split(r"^## (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {title: Section(title, text) for title, text in zip(parts[::2], parts[1::2], strict=True)}
