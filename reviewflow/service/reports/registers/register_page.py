"""The register of published reviews as the public reads it: one page that needs nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reviewflow.language.model import Partnership
from reviewflow.service.reports.registers.publications import Publication
from reviewflow.text import day_words

TEMPLATES = Path(__file__).parent / "templates"
SAFE = ("https://", "http://")
"""What a link may begin with; another place is told as words."""
COLUMNS = ("Review", "Published", "What it is about", "Author", "Commissioned by", "Where it is", "Briefing", "NSPCC")
READING: tuple[tuple[str, str, str], ...] = (
    (
        "National case review repository",
        "kept by the NSPCC since November 2013: published case reviews from all over the country in one place",
        "https://learning.nspcc.org.uk/case-reviews/national-case-review-repository",
    ),
    (
        "Pathways to harm, pathways to protection",
        "the triennial analysis of serious case reviews from 2011 to 2014, published by the Department for Education",
        "",
    ),
    (
        "Materials on serious case reviews",
        "the suite of the Association of Directors of Children's Services (ADCS)",
        "",
    ),
)
"""The national reading that partnerships' own pages name. An address that we could not look up is left out."""


def register_page(partnership: Partnership, publications: Sequence[Publication], today: date) -> str:
    """The page with every review that the public finds on this day, the newest first; titles and pages are as typed."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("register.html").render(
        partnership=partnership.partnership,
        contact=partnership.contact,
        reviews=[publication for publication in publications if publication.is_shown(today)],
        columns=COLUMNS,
        reading=READING,
        today=day_words(today),
        words=day_words,
        leads=lambda place: place.startswith(SAFE),
    )
