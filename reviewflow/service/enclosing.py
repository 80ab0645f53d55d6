"""The words of a letter: one notice as it is written, several one after another, each with its own number."""

from __future__ import annotations

from reviewflow.language.model import Partnership
from reviewflow.service.delivery import Ready
from reviewflow.store.records import Notice

LONGEST_SUBJECT = 200
RULE = "-" * 60


def words_of(partnership: Partnership, ready: Ready) -> tuple[str, str]:
    """Subject and text. Two posts with one mailbox read the same words once."""
    different = list({(each.reference, each.item, each.subject, each.text): each for each in ready.notices}.values())
    first = different[0]
    if len(different) == 1:
        return first.subject, first.text
    begins = f"[{partnership.partnership}] "
    subject = f"{begins}{len(different)} messages, the first: {first.subject.removeprefix(begins)}"
    return _cut(subject), _text(partnership, different)


def _text(partnership: Partnership, notices: list[Notice]) -> str:
    told = f"{len(notices)} messages from {partnership.partnership}, the most urgent first. Each stands for itself.\n"
    parts = [
        f"{RULE}\n{place} of {len(notices)}: {each.subject}\n\n{each.text.rstrip()}\n\nReference {each.number}\n"
        for place, each in enumerate(notices, start=1)
    ]
    return "\n".join([told, *parts])


def _cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 3].rstrip()}..."
