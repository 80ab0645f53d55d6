"""The part of an address that nobody can guess, and the mark by which the store knows it again."""

from __future__ import annotations

import hmac
import json

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without letters that are taken for figures or for each other."""
LENGTH = 26
"""Of five bits each: 130 bits."""
_TAKEN_FOR = str.maketrans("OIL", "011")


def token_of(key: str, *parts: str) -> str:
    """The token that always follows from these parts and the key."""
    number = int.from_bytes(_digest(key, "token", *parts), "big")
    return "".join(LETTERS[(number >> 5 * place) & 31] for place in range(LENGTH))


def hash_of(key: str, token: str) -> str:
    """What the store keeps of a token: with another key, or from a copy of the database, nobody makes one of it."""
    return _digest(key, "kept", token).hex()


def read_token(text: str) -> str:
    """A token as it may have been typed, '' when it cannot be one."""
    token = text.strip().upper().translate(_TAKEN_FOR)
    return token if len(token) == LENGTH and set(token) <= set(LETTERS) else ""


def code_of(key: str, *parts: str) -> str:
    """Six figures that always follow from these parts and the key."""
    return f"{int.from_bytes(_digest(key, 'code', *parts)[:8], 'big') % 1_000_000:06d}"


def _digest(key: str, *parts: str) -> bytes:
    return hmac.digest(key.encode(), json.dumps(parts, ensure_ascii=False).encode(), "sha256")
