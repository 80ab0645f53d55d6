"""Which edition of the guidance a case works under: the one that was in force on the day that started it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reviewflow.calendar import Span
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Guidance, Limit, NationalLimit, Process
from reviewflow.language.problem import DefinitionError, Problem


def trigger(process: Process) -> str:
    """The date whose day decides: the first that is asked at the opening unless the process says another."""
    return process.opening.trigger or next(iter(process.opening.dates))


def edition_on(library: Library, process: Process, dates: Mapping[str, date] | None) -> Guidance | None:
    """The edition that the process names or, on an earlier day, the one that it superseded; the oldest before all."""
    edition = library.guidance[process.guidance].model if process.guidance else None
    day = (dates or {}).get(trigger(process))
    while edition and day and day < edition.in_force_from:
        earlier = library.guidance.get(edition.supersedes or "")
        if earlier is None:
            break
        edition = earlier.model
    return edition


def must_count(loaded: Loaded[Process], edition: Guidance | None) -> None:
    """Raises DefinitionError when an older edition lacks a limit of the process, or is stricter than the process."""
    wrong = list(_uncounted(loaded, edition)) if edition and edition.guidance != loaded.model.guidance else []
    if wrong:
        raise DefinitionError(wrong)


def _uncounted(loaded: Loaded[Process], edition: Guidance) -> Iterator[Problem]:
    for name, limit in loaded.model.limits.items():
        why = _why_not(limit, edition.limits.get(limit.national or "")) if limit.national else ""
        if why:
            message = (
                f"On that day another edition was in force, {edition.title}, {why}\n"
                "Look at the date, or write a process of its own for cases of that time."
            )
            yield loaded.source.value_problem(("limits", name, "national"), "PD041", message)


def _why_not(limit: Limit, national: NationalLimit | None) -> str:
    if national is None or national.within is None:
        return f'which has no limit "{limit.national}" that could be counted.'
    if limit.within is None:
        return ""
    if is_looser(limit.within, national.within, backwards=national.before):
        return f"whose {national.within} are stricter than the {limit.within} of this process."
    return ""


def is_looser(own: Span, national: Span, *, backwards: bool) -> bool:
    """Whether a local length gives more time than the national one; so does what cannot be compared."""
    return own.unit is not national.unit or (
        own.counted < national.counted if backwards else own.counted > national.counted
    )
