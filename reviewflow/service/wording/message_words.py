"""What people call a message: by what its reader sees of its subject, since no reader sees the name of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewflow.language.built_in_texts import SHIPPED
from reviewflow.language.model import Message

MARK = re.compile(r"^(?:\[\{partnership\}\]|\{[a-z_]+\}|[\s:,-])+")
"""What a subject begins with: whose it is, and which case."""
BEFORE_A_FIELD = re.compile(r"(?:[\s,]*\b(?:planned for|was due|due|by|for|not on|[Oo]n|about|was))?\s*$")
"""What a subject says only to lead to a day or a reference: 'Reminder: ', 'Please reply by ', 'Called off, not on '."""
GOES_ON = re.compile(r"\b(?:of|into|to|with|in|from|at)$")
"""How a subject stops in the middle where it names what it is about: 'Will you look into'."""


def message_title(messages: Mapping[str, Message], name: str) -> str:
    """'Please reply' of the subject 'Please reply by {due}: {reference}'; of a message that is known no more, its name.

    `messages` are those of the process; what the engine sends in words of its own need not be among them.
    """
    known = messages.get(name) or SHIPPED.get(name)
    if known is None:
        return name.replace("_", " ").capitalize()
    before, field, _ = MARK.sub("", known.subject).partition("{")
    leads = before.rstrip().endswith((":", "?", "!")) or not field
    title = (before if leads else BEFORE_A_FIELD.sub("", before)).strip(" ,:") or name.replace("_", " ")
    return f"{title[0].upper()}{title[1:]}{' …' if GOES_ON.search(title) else ''}"


def message_words(messages: Mapping[str, Message], name: str) -> str:
    """The same in quotation marks, as part of a sentence."""
    return f"“{message_title(messages, name)}”"
