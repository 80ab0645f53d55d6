"""Cases as they were last read or written in this process: nobody can change one, so it need not be read again."""

from __future__ import annotations

from threading import Lock

from reviewflow.case.model.snapshot import as_stored, load
from reviewflow.case.model.state import Case

MOST = 1_024
"""How many cases are kept: one sweep asks for each open case four or five times, one after the other."""


class ReadCases:
    """Of each case the last that was asked for or written, beside the text by which it is stored."""

    def __init__(self) -> None:
        self._cases: dict[str, tuple[str, Case]] = {}
        self._one_at_a_time = Lock()

    def read(self, reference: str, state: str) -> Case:
        """The case that is stored so; raises as `load` does."""
        known = self._cases.get(reference)
        if known is not None and known[0] == state:
            return known[1]
        return self._keep(reference, state, load(reference, state))

    def wrote(self, reference: str, state: str, case: Case) -> None:
        """The case is stored so from now on: the next to ask for it has it at once."""
        known = self._cases.get(reference)
        self._keep(reference, state, as_stored(case, known[1] if known is not None else None))

    def _keep(self, reference: str, state: str, case: Case) -> Case:
        with self._one_at_a_time:
            self._cases.pop(reference, None)
            if len(self._cases) >= MOST:
                del self._cases[next(iter(self._cases))]
            self._cases[reference] = state, case
        return case
