"""A tree as YAML text, as an office would write it."""

from __future__ import annotations

import yaml

from reviewflow.language.encoding import CURLY
from reviewflow.language.model import Process
from reviewflow.language.reading.shapes import keys_of
from reviewflow.language.reading.tree import Entries, plain

WIDTH = 110


def resolved(process: Entries) -> str:
    """The YAML of a process with all that it inherits, so that it stands on its own."""
    place = {name: number for number, name in enumerate(keys_of(Process))}
    pairs = sorted(process.pairs, key=lambda pair: place.get(pair[0].value, len(place)))
    kept = Entries(tuple(pair for pair in pairs if pair[0].value not in {"extends", "groups"}), process.mark)
    return yaml.dump(plain(kept), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)


class _Writer(yaml.SafeDumper):
    """Every value is a text, and is read as one: quotes stand only where YAML itself needs them."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the base class's own


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    if text[:1] in CURLY or not text.strip():
        return '"'
    if "\n" in text.strip():
        return "|"
    return ">" if text.endswith("\n") else None


_Writer.add_representer(str, _text)
