"""An office's Word templates, read before any paper is made of them: they are there, and their fields exist."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from reviewflow.files import NotRead
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Document
from reviewflow.language.problem import Problem
from reviewflow.language.suggestions import suggestion
from reviewflow.language.templates import DOCUMENT_FIELDS
from reviewflow.office_file import WORD, office_file
from reviewflow.text import listing

TEXT = "text"
"""The field of a template at whose place the text of the document stands."""
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELD = re.compile(r"\{\{[pr]?\s*([A-Za-z_]\w*)")
_OWN = re.compile(r"\{%[a-z]*\s*(?:for|set)\s+([A-Za-z_]\w*)")
"""What a template names itself, in a loop or an assignment."""


def template_problems(library: Library) -> Iterator[Problem]:
    """Templates that are not there or no Word files, and fields that nothing would fill."""
    for loaded in library.documents.values():
        if loaded.model.template is not None and Path(loaded.source.file).exists():
            yield from _of_template(loaded, Path(loaded.source.file).with_name(loaded.model.template))


def _of_template(loaded: Loaded[Document], path: Path) -> Iterator[Problem]:
    if not path.exists():
        message = f"There is no {path.name} beside this file. Save the Word template there, or take this line out."
        yield loaded.source.value_problem(("template",), "PD452", message)
        return
    try:
        words = template_words(path)
    except (NotRead, ET.ParseError) as error:
        yield loaded.source.value_problem(("template",), "PD452", f"{path.name} cannot be a template. {error}")
        return
    own = set(_OWN.findall(words))
    for name in dict.fromkeys(_FIELD.findall(words)):
        if name not in DOCUMENT_FIELDS and name not in own and name != TEXT:
            known = {TEXT: "", **DOCUMENT_FIELDS}
            message = (
                f'"{{{{ {name} }}}}" in {path.name} is not a field.{suggestion(name, known)}\nFields: {listing(known)}.'
            )
            yield loaded.source.value_problem(("template",), "PD453", message)


def template_words(path: Path) -> str:
    """Every word of a Word file, its headers and footers too, a paragraph a line; raises NotRead."""
    with ZipFile(io.BytesIO(office_file(path, WORD))) as packed:
        parts = [name for name in packed.namelist() if _PARTS.fullmatch(name)]
        trees = [ET.fromstring(packed.read(name)) for name in sorted(parts)]  # noqa: S314 - judged above
    paragraphs = (paragraph for tree in trees for paragraph in tree.iter(f"{_W}p"))
    return "\n".join("".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in paragraphs)
