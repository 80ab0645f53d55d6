"""What an e-mail address is: one rule for the definitions, for contacts and for sending."""

from __future__ import annotations

import re

_WORD = r"[A-Za-z0-9_'+&~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TOP = r"[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
PATTERN = rf"^{_WORD}(\.{_WORD})*@({_LABEL}\.)+{_TOP}$"
LONGEST, LONGEST_BEFORE = 254, 64
"""Characters of an address, and of what stands before its @ (RFC 5321, 4.5.3.1)."""


def is_address(text: str) -> bool:
    """Exactly one plain e-mail address: no name beside it, no quotes, an ASCII domain with a dot."""
    before = text.partition("@")[0]
    return len(text) <= LONGEST and len(before) <= LONGEST_BEFORE and re.fullmatch(PATTERN[1:-1], text) is not None
