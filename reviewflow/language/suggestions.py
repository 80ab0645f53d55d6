"""Did you mean ...? The nearest word or name for one that is not known, and the sentences that suggest it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from reviewflow.language.problem import MOST_QUOTED
from reviewflow.language.synonyms import synonym_of
from reviewflow.text import listing


def nearest(written: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that is nearest to what was written: one it stands for, or one spelt alike; None if none is."""
    known = {word.lower(): word for word in allowed}
    if (other := synonym_of(written, known)) is not None:
        return known[other]
    near = difflib.get_close_matches(written.lower()[:MOST_QUOTED], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


def suggestion(written: str, allowed: Iterable[str]) -> str:
    """' Did you mean "x"?' when one of the allowed words is near what was written, else ''."""
    near = nearest(written, allowed)
    return f' Did you mean "{near}"?' if near else ""


A_ROLE, AN_AGENCY = "a role in partnership.yaml", "an agency in partnership.yaml"


def not_among(what: str, name: str, known: Iterable[str]) -> str:
    """'"chiar" is not a role in partnership.yaml. Did you mean "chair"?' in one line."""
    return f'"{name}" is not {what}.{suggestion(name, list(known))}'


def unknown_role(name: str, known: Iterable[str]) -> str:
    """What is wrong with a name that is not a role of the partnership, nor one of the other words known here."""
    return unknown(A_ROLE, name, known, "Roles")


def unknown_agency(name: str, known: Iterable[str]) -> str:
    """What is wrong with a name that is not an agency of the partnership."""
    return unknown(AN_AGENCY, name, known, "Agencies")


def unknown(what: str, name: str, allowed: Iterable[str], owner: str) -> str:
    """The one sentence for a name that nobody defined; `owner` begins the line that lists the allowed ones."""
    known = list(dict.fromkeys(allowed))
    return f"{not_among(what, name, known)}\n{owner}: {listing(known)}."
