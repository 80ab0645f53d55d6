"""What every message of the engine itself begins and ends with."""

from __future__ import annotations

from reviewflow.language.model import Message

_END = """
Please put no names and nothing about the case in a reply.

{partnership}
"""
ASK = "Questions, or not yours? Ring {contact_name} on {contact_phone}, or write to {contact_email}."


def message(name: str, subject: str, text: str) -> Message:
    """A message with these words, of which no name of a child or of anybody else can be part."""
    return Message(language=1, message=name, subject=f"[{{partnership}}] {subject}", text=text.strip() + "\n" + _END)
