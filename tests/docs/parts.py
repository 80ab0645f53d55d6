"""Parts of a page that are made from the code: each between `<!-- made: NAME -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Mapping

PART = re.compile(r"(?P<begin><!-- made: (?P<name>\w+) -->\n)(?P<text>(?:(?!<!-- ).)*)(?P<end><!-- end -->)", re.DOTALL)


def parts(page: str) -> dict[str, str]:
    """The made parts of a page, by name, without the empty lines around them."""
    return {part["name"]: part["text"].strip("\n") for part in PART.finditer(page)}


def with_parts(page: str, made: Mapping[str, str]) -> str:
    """The page with these parts in place of those that stand there; it must have a place for each, and no others."""
    assert sorted(parts(page)) == sorted(made)
    return PART.sub(lambda part: f"{part['begin']}\n{made[part['name']]}\n\n{part['end']}", page)
