"""Published bank holidays, from the `holidays` library; kept in the cache, because to import it takes long."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reviewflow.service.workspace.cache import code_digest, digest_of, keep, recall


@cache
def bank_holidays(subdivision: str, years: range) -> Mapping[date, str]:
    """The bank holidays of one part of the kingdom (ENG, WLS, SCT, NIR) with their names, in the order of the days."""
    name = _name(subdivision, years)
    text = recall(name) if name else None
    if text is not None:
        return {date.fromisoformat(day): why for day, why in json.loads(text).items()}
    published = _published(subdivision, years)
    if name:
        keep(name, json.dumps({day.isoformat(): why for day, why in published.items()}))
    return published


def _published(subdivision: str, years: range) -> Mapping[date, str]:
    import holidays  # takes a quarter of a second

    days = holidays.country_holidays("GB", subdiv=subdivision, years=years)
    return {day: why.replace("(observed)", "(substitute day)") for day, why in sorted(days.items())}


def _name(subdivision: str, years: range) -> str:
    """What they are kept under: which they are, and the code that knows them; empty when that cannot be seen."""
    library, code = find_spec("holidays"), code_digest()
    if library is None or library.origin is None or not code:
        return ""
    package = Path(library.origin).parent
    sources = [package / "version.py", package / "countries" / "united_kingdom.py"]
    if not all(source.is_file() for source in sources):
        return ""
    asked = f"{subdivision} {years[0]} {years[-1]} {code}".encode()
    return f"holidays-{digest_of((asked, *(source.read_bytes() for source in sources)))}"
