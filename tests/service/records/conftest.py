"""An office with the shipped definitions, and an action plan in it."""

from tests.service.plans import office, plan  # noqa: F401 - fixtures
