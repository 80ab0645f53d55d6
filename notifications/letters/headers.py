"""What may stand in a mail header. Asked before Apprise sees it, because Apprise lets some of it through."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ENCODED = "=?"  # how a header says "decode what follows": nobody writes it, a forger might


def flaw(text: str) -> str | None:
    """Why this cannot stand in a header, as the end of a sentence; None when it can."""
    return hidden(text) or (f'holds "{_ENCODED}", which mail programs decode' if _ENCODED in text else None)


def hidden(text: str) -> str | None:
    """What a reader would not see and a mail program would obey, as the end of a sentence; None when nothing."""
    for character in text:
        if unicodedata.category(character) in _UNSEEN:
            return f"holds a line break or control character (U+{ord(character):04X})"
        if character in _TURNING:
            return f"holds a character that turns the reading direction (U+{ord(character):04X})"
    return None


def unsendable(text: str) -> str | None:
    """The first character that even the text of a mail cannot carry, as 'U+0000'."""
    broken = (c for c in text if c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cs"})
    return next((f"U+{ord(character):04X}" for character in broken), None)
