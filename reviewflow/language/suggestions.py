"""Did you mean ...? The word of the language, or the name, that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from reviewflow.language.problem import MOST_QUOTED
from reviewflow.language.synonyms import synonym_of
from reviewflow.text import listing


def nearest(found: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that was probably meant."""
    known = {word.lower(): word for word in allowed}
    if (other := synonym_of(found, known)) is not None:
        return known[other]
    near = difflib.get_close_matches(found.lower()[:MOST_QUOTED], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


def suggestion(found: str, allowed: Iterable[str]) -> str:
    """' Did you mean "x"?' when one of the allowed words is near what was written, else ''."""
    near = nearest(found, allowed)
    return f' Did you mean "{near}"?' if near else ""


def unknown(what: str, found: str, allowed: Iterable[str], owner: str) -> str:
    """The one sentence for a name that nobody defined."""
    known = list(dict.fromkeys(allowed))
    return f'"{found}" is not {what}.{suggestion(found, known)}\n{owner}: {listing(known)}.'
