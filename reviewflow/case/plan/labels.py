"""Labels of the lists that a form gathers: short, naming nobody, each with a key for its items."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST, MOST = 40, 100


@lru_cache(maxsize=4096)  # asked of every list at every event
def key_of_label(label: str) -> str:
    """'Session 1' gives 'session_1'; '' for a label without letters or figures."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return "_".join("".join(character if character.isalnum() else " " for character in plain).split())


def read_labels(texts: Iterable[str]) -> tuple[list[str], str]:
    """The labels, and a sentence on the first thing wrong with them; '' when nothing is."""
    labels = [" ".join(label.split()) for label in texts]
    keys = [key_of_label(label) for label in labels]
    wrong = next(filter(None, map(_wrong, labels)), "")
    if not wrong and len(labels) > MOST:
        wrong = f"{len(labels)} entries; at most {MOST} fit."
    if not wrong and len(set(keys)) < len(keys):
        twice = next(label for label, key in zip(labels, keys, strict=True) if keys.count(key) > 1)
        wrong = f'"{twice}" stands here twice. Give each entry a label of its own.'
    return labels, wrong


def _wrong(label: str) -> str:
    if len(label) > LONGEST:
        return f'"{label[:LONGEST]}..." has {len(label)} characters; a label has at most {LONGEST}.'
    if not all(character.isalnum() or character in " -" for character in label) or not key_of_label(label):
        return f'"{label}" is not a label. Labels have letters, figures, spaces and hyphens: Session 1.'
    return ""
