"""The event log of all cases as XES (IEEE 1849-2016), which process-mining programs open: pm4py, ProM, Celonis.

A step or a limit is an activity: `schedule` when it was owed, `complete` when it was done on its real day. It carries
references, titles of posts and agencies, and days; answers and reasons stay in the history.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time

from reviewflow.case.model.state import Status
from reviewflow.london import at_clock
from reviewflow.service.reports.owed import CaseFacts, Owed

_EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)
_ENDS = {Status.DONE: "complete", Status.SKIPPED: "manualskip", Status.WITHDRAWN: "withdraw"}
BEGINS, ENDS = time(0), time(17)
"""Days have no time of their own: what is owed begins with the day, what is done is done by its end."""


def as_xes(cases: Iterable[CaseFacts], who: Callable[[str], str]) -> bytes:
    """The log as a file; `who` gives the title of an owner."""
    log = ET.Element("log", {"xes.version": "1.0", "xes.features": "", "xmlns": "http://www.xes-standard.org/"})
    for name, prefix, uri in _EXTENSIONS:
        ET.SubElement(log, "extension", {"name": name, "prefix": prefix, "uri": uri})
    ET.SubElement(log, "classifier", {"name": "Activity", "keys": "concept:name"})
    _text(log, "concept:name", "reviewflow")
    for case in cases:
        _trace(log, case, who)
    ET.indent(log)
    written: bytes = ET.tostring(log, encoding="utf-8", xml_declaration=True)
    return written


def _trace(log: ET.Element, case: CaseFacts, who: Callable[[str], str]) -> None:
    trace = ET.SubElement(log, "trace")
    _text(trace, "concept:name", case.reference)
    _text(trace, "process", case.process)
    _text(trace, "state", case.status)
    for moment, lifecycle, owed in sorted(_moments(case.owed), key=lambda event: (event[0], event[1] == "complete")):
        event = ET.SubElement(trace, "event")
        _text(event, "concept:name", owed.title)
        _text(event, "lifecycle:transition", lifecycle)
        ET.SubElement(event, "date", {"key": "time:timestamp", "value": moment.isoformat()})
        if owed.owner:
            _text(event, "org:resource", who(owed.owner))
        ET.SubElement(event, "int", {"key": "round", "value": str(owed.round)})
        _text(event, "kind", "limit" if owed.limit else "step")
        if owed.due:
            ET.SubElement(event, "date", {"key": "due", "value": at_clock(owed.due, ENDS).isoformat()})


def _moments(rounds: Iterable[Owed]) -> Iterator[tuple[datetime, str, Owed]]:
    for owed in rounds:
        yield at_clock(owed.opened, BEGINS), "schedule", owed
        if owed.done is not None and owed.ended in _ENDS:
            yield at_clock(owed.done, ENDS), _ENDS[owed.ended], owed


def _text(parent: ET.Element, key: str, value: str) -> None:
    ET.SubElement(parent, "string", {"key": key, "value": value})
