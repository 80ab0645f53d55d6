"""Who did things: the names that the keys in the chains prove."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from reviewflow.service.records.proof.finding import NAMES, AuditFinding
from reviewflow.service.workspace.workspace import Workspace

_KEY = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")


def wrong_names(workspace: Workspace) -> Iterator[AuditFinding]:
    """What is wrong with who did things: a name that is not that of its key, one that is missing, or taken out."""
    erased = set(_erased(workspace))
    for person in workspace.store.people.everybody():
        if person.name is None and (person.salt is not None or person.key not in erased):
            yield AuditFinding(NAMES, None, f"the name of {person.key} was taken out, and not by reviewflow erase")
        elif person.salt is not None and not person.is_proven:
            words = f'"{person.name}" is not who the chains say under {person.key}: the name or its salt was changed'
            yield AuditFinding(NAMES, None, words)
        elif person.salt is None and person.name is not None and len(person.key) != _OLDER:
            yield AuditFinding(NAMES, None, f"the salt of {person.key} was taken out: nothing proves whose it is")
    for key, reference in workspace.store.people.without_person():
        if _KEY.fullmatch(key):
            yield AuditFinding(reference, None, f"who recorded things as {key} is missing from the people")


_OLDER = 16
"""Characters of a key from before names were proven."""


def _erased(workspace: Workspace) -> Iterator[str]:
    for entry in workspace.store.noted("name_erased"):
        noted = json.loads(entry.body)
        yield from noted.get("keys", [noted.get("key", "")])


def unproven(workspace: Workspace) -> int:
    """How many names are older than the proof: the chains do not say whose they are."""
    return sum(person.name is not None and person.salt is None for person in workspace.store.people.everybody())
