"""The pages as HTML: GOV.UK's components, with everything that somebody wrote escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader


@cache
def environment() -> Environment:
    """The templates, which escape by themselves."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        loader=ChoiceLoader([PackageLoader("reviewflow.web"), components]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(template: str, **values: Any) -> str:
    """A page."""
    return environment().get_template(template).render(**values)
