"""Lists that a form gathers: short labels that name nobody, each with a key by which its work is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from reviewflow.privacy import why_not_kept

LONGEST, MOST = 40, 100


def key_of_label(label: str) -> str:
    """'Session 1' -> 'session_1'; '' when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return "_".join("".join(each if each.isalnum() else " " for each in plain).split())


def read_labels(given: Iterable[str]) -> tuple[list[str], str]:
    """The labels, or what is wrong with the first that cannot be kept."""
    found = [" ".join(each.split()) for each in given]
    keys = [key_of_label(each) for each in found]
    wrong = next(filter(None, map(_wrong, found)), "")
    if not wrong and len(found) > MOST:
        wrong = f"{len(found)} entries; at most {MOST} fit."
    if not wrong and len(set(keys)) < len(keys):
        twice = next(label for label, key in zip(found, keys, strict=True) if keys.count(key) > 1)
        wrong = f'"{twice}" stands here twice. Give each entry a label of its own.'
    return found, wrong


def _wrong(label: str) -> str:
    if len(label) > LONGEST:
        return f'"{label[:LONGEST]}..." has {len(label)} characters; a label has at most {LONGEST}.'
    if not all(each.isalnum() or each in " -" for each in label) or not key_of_label(label):
        return f'"{label}" is not a label. Labels have letters, figures, spaces and hyphens: Session 1.'
    return why_not_kept(label) or ""
