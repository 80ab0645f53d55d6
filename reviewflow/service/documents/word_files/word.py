"""Word documents, made by a child process.

`python -m reviewflow.service.documents.word_files.word` reads what to write as JSON.

A Word template is an office's own file, and its fields are Jinja, which can do anything that its author likes. So it
is rendered in Jinja's sandbox, which keeps it from the machine, by a process of its own, which an endless loop cannot
outlive: the parent ends it after SECONDS, and it cannot take more than MEMORY.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.files import NotRead
from reviewflow.language.templates import BLOCKS
from reviewflow.office_file import WORD, office_file
from reviewflow.service.workspace.errors import UserError

if TYPE_CHECKING:
    from reviewflow.service.documents.word_files.look import PageLook

SECONDS = 30
MEMORY = 1_500_000_000
_BROKEN = 2
"""Exit status of a child whose template cannot be used; what is wrong stands on its standard error."""


class TemplateError(UserError):
    """A Word template cannot be used."""


TEXT = "text"
"""The field of a template at whose place the text of the document stands."""


def word_file(path: Path, *, template: Path | None, markdown: str, values: Mapping[str, str], look: PageLook) -> None:
    """Write a Word file; raises TemplateError with what is wrong with the template."""
    if template is None:
        _plain(path, markdown, look)
        return
    order = {"path": str(path), "template": str(template), "values": {**values, TEXT: markdown}}
    name = template.name
    if not template.exists():
        raise TemplateError(f"There is no Word template {template}. Put it there, or take out the line that names it.")
    try:
        office_file(template, WORD)
    except NotRead as error:
        raise TemplateError(f"{name} cannot be used as a template. {error}") from error
    try:
        child = subprocess.run(
            [sys.executable, "-m", "reviewflow.service.documents.word_files.word"],
            input=json.dumps(order),
            text=True,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TemplateError(
            f"{name} was not finished after {SECONDS} seconds and was stopped. Look for a loop in it."
        ) from None
    if child.returncode == _BROKEN:
        raise TemplateError(f"{name} cannot be used as a template: {child.stderr.strip()}")
    if child.returncode != 0:
        raise TemplateError(f"{name} could not be made; it needed too much memory, or broke Word's form.")


def _plain(path: Path, markdown: str, look: PageLook) -> None:
    """Without a template there is nothing of an office's own to keep at bay, and a child costs half a second."""
    from reviewflow.service.documents.word_files.plain_word import plain_document

    plain_document(markdown, look).save(path)


def _child(order: Mapping[str, Any]) -> int:
    with contextlib.suppress(ImportError):  # Windows has no such limits; the time limit holds there too
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return _from_template(order)


def _from_template(order: Mapping[str, Any]) -> int:
    from docx import Document
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2 import TemplateError as JinjaError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from reviewflow.service.documents.word_files.places import fill_places, mark

    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    document = DocxTemplate(order["template"])
    blocks = {name: words for name, words in order["values"].items() if name in BLOCKS or name == TEXT}
    try:
        document.render({**order["values"], **{name: mark(name) for name in blocks}}, sandbox)
    except JinjaError as error:
        sys.stderr.write(str(error))
        return _BROKEN
    document.save(order["path"])
    filled = Document(order["path"])  # headers and footers are not in it before it is saved
    fill_places(filled, blocks)
    filled.save(order["path"])
    return 0


if __name__ == "__main__":
    sys.exit(_child(json.load(sys.stdin)))
