"""Every command with as much as it must be told, from the commands themselves."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from reviewflow.cli.commands import COMMANDS

LONG = {"serve", "demo", "watch"}
"""They go on until they are stopped."""
GIVEN = {
    "reference": "TR-2026-001",
    "process": "review",
    "item": "meeting",
    "name": "meeting",
    "other": "TR-2026-002",
    "reason": "it is so",
    "until": "2026-06-05",
    "to": "2026-06-05",
    "by_role": "business_manager",
    "kind": "acknowledged",
    "role": "business_support",
    "agency": "police",
    "number": "TR-2026-001/2.1",
    "old": "police",
    "new": "health",
    "day": "2026-06-05",
    "sum": "3 working days after 2026-05-05",
    "output": "nowhere/at/all.md",
    "file": "nowhere.ics",
    "contact": "family",
    "mailbox": "somebody@example.org",
    "by": "A. Manager",
    "now_by": "A. Manager",
    "matter": "inquest",
}
"""What is typed for a parameter of this name."""
MORE = {
    "retention hold": ["--all", "--matter", "inquest"],
    "retention lift": ["--all", "--matter", "inquest"],
    "retention keep": ["--until", "2051"],
    "chase": ["TR-2026-001", "meeting", "--now-by", "A. Manager"],
    "delivery": ["test", "--by", "A. Manager"],
    "papers list": ["TR-2026-001"],
}
"""What a command must be told besides, to do something."""


def every_command() -> Iterator[tuple[str, list[str], set[str]]]:
    """Name, words and the names of the parameters of each."""
    for later in COMMANDS:
        if later.hidden or later.name in LONG:
            continue
        command = later.load()
        leaves = getattr(command, "commands", None)
        for name, leaf in leaves.items() if leaves else [("", command)]:
            if not leaf.hidden or not name:
                words = [later.name, *([name] if name and not leaf.hidden else [])]
                label = " ".join(words)
                needed = [word for parameter in leaf.params if parameter.required for word in _typed(parameter)]
                yield label, [*words, *needed, *MORE.get(label, [])], {parameter.name for parameter in leaf.params}


def _typed(parameter: Any) -> list[str]:
    kind = parameter.type_descriptor.annotation
    choice = str(next(iter(kind)).value) if isinstance(kind, type) and issubclass(kind, Enum) else ""
    value = choice or ("2051" if kind is int else GIVEN.get(parameter.name, "something"))
    return [value] if parameter.param_type_name == "argument" else [parameter.opts[0], value]
