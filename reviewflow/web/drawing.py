"""The pages as HTML: GOV.UK's components, with everything that somebody wrote escaped."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

Drawn = Mapping[str, Any]
"""A question: the kind of component, and its parameters."""
Draw = Callable[[Drawn], Markup]
MOST_KEPT = 2_000


@cache
def environment() -> Environment:
    """The templates, which escape by themselves; each is read once, as long as the process lives."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        loader=ChoiceLoader([PackageLoader("reviewflow.web"), components]),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(template: str, **values: Any) -> str:
    """A page."""
    return environment().get_template(template).render(**values)


def question_drawer(*, is_blank: bool) -> Draw:
    """What draws a question.

    A form in which nobody has typed is the same for all, and nearly all that a page costs: its questions are kept.
    What somebody typed is not.
    """
    return _kept_question if is_blank else _question


def _question(asked: Drawn) -> Markup:
    return Markup(draw("question.html", asked=asked, question=_question))  # noqa: S704 - the template escapes


def _kept_question(asked: Drawn) -> Markup:
    return _kept(json.dumps(asked))


@lru_cache(MOST_KEPT)
def _kept(asked: str) -> Markup:
    return _question(json.loads(asked))
