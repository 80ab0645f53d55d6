"""A timetable as one printable page that needs nothing from anywhere else."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from reviewflow.service.rehearsal.preview.words import (
    KINDS,
    MARKED,
    chases,
    day_parts,
    heading,
    left_out,
    notes,
    opening,
    when_cells,
)
from reviewflow.service.rehearsal.timetables.rows import RowKind
from reviewflow.service.rehearsal.timetables.timetable import Timetable


def as_html(timetable: Timetable) -> str:
    """The timetable as one page of HTML, which asks for nothing from anywhere else."""
    environment = Environment(
        loader=PackageLoader("reviewflow.service.rehearsal.preview", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("timetable.html").render(
        timetable=timetable,
        heading=heading(timetable),
        opening=opening(timetable),
        notes=notes(timetable),
        letters=(
            ("Reminders and chases", "go-out", chases(timetable)),
            ("What would follow if nothing came", "would-follow", timetable.would_follow),
        ),
        left_out=left_out(timetable),
        marked=MARKED,
        Kind=RowKind,
        kinds=KINDS,
        day_parts=day_parts,
        when_cells=when_cells,
    )
