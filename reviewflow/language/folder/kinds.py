"""The kinds of definition that a folder may hold, and which kind a file is by its place."""

from __future__ import annotations

from pathlib import PurePath

from pydantic import BaseModel

from reviewflow.language.model import (
    DecisionTable,
    Document,
    Form,
    Group,
    Guidance,
    Ladders,
    Message,
    Partnership,
    Process,
)
from reviewflow.language.problem import START, Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Entries, Text
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing

KINDS: dict[str, type[BaseModel]] = {
    "process": Process,
    "form": Form,
    "message": Message,
    "guidance": Guidance,
    "group": Group,
    "table": DecisionTable,
    "document": Document,
    "ladders": Ladders,
    "partnership": Partnership,
}


FOLDERS = {
    "processes": "process",
    "forms": "form",
    "messages": "message",
    "guidance": "guidance",
    "groups": "group",
    "tables": "table",
    "documents": "document",
}


FILES = {"ladders.yaml": "ladders", "partnership.yaml": "partnership"}


CALENDARS = "calendars.yaml"  # read where calendars are made


SUFFIXES = {".yaml", ".yml"}


def kind_at(place: PurePath) -> str:
    """What kind of definition stands at a place below the folder; "" where none does."""
    return FOLDERS.get(place.parts[0], "") if len(place.parts) > 1 else FILES.get(place.name, "")


FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()}


def kind_of(source: Source, place: str) -> str:
    """What a file is: what its place says, unless its keys say another kind; "" when neither does."""
    keys = [key.value for key, _ in source.root.pairs] if isinstance(source.root, Entries) else []
    kinds = [key for key in keys if key in KINDS]
    if place and (place in kinds or suggestion(place, keys)):
        return place
    return kinds[0] if kinds else place


def own_name(source: Source, kind: str) -> str:
    """The name that a file gives itself, even when it cannot be used."""
    pairs = source.root.pairs if isinstance(source.root, Entries) else ()
    return next((value.value for key, value in pairs if key.value == kind and isinstance(value, Text)), "-")


def unknown_kind(source: Source) -> Problem:
    """PD019: neither its place nor its keys say what kind of definition a file is."""
    message = f"This file does not say what it is. It must have one of: {listing(f'{kind}:' for kind in KINDS)}."
    return source.problem(START, "PD019", message)
