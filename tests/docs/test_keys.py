"""Every key of the language is told, from one source, and shown in an example that works."""

import sys

from reviewflow.language.folder.kinds import KINDS
from reviewflow.language.templates import FIELDS
from tests.docs.reader import ROOT

sys.path.insert(0, str(ROOT / "docs" / "_site"))
import keys as told

DOCS = ROOT / "docs"
PARTS = {part for model in KINDS.values() for part in told.all_parts(model)}


def test_every_key_is_described() -> None:
    assert [(part.__name__, name) for part in PARTS for name, field in told.keys(part) if not field.description] == []


def test_every_key_stands_on_the_page() -> None:
    page = told.keys_page(DOCS)
    assert [name for part in PARTS for name, _ in told.keys(part) if f"| `{name}`" not in page] == []


NOT_SHOWN = {"Document.template"}
"""A Word file cannot stand in a page."""


def test_every_key_is_shown_in_an_example() -> None:
    shown = told.pages_of_keys(DOCS)
    missing = {f"{part.__name__}.{name}" for part in PARTS for name, _ in told.keys(part) if (part, name) not in shown}
    assert missing == NOT_SHOWN, "Use each in a whole example of docs/language, with commands that show what it does"


def test_every_field_of_a_message_is_told() -> None:
    page = (DOCS / "language" / "messages.md").read_text("utf-8")
    assert [name for name in FIELDS if f"`{{{name}}}`" not in page] == []
