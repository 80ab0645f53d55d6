"""What a backup says of itself, in its last part: without it the file is not whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict

FORMAT = 1
MANIFEST, INDEX = "manifest.json", "papers.json"
DATABASE = {"sqlite": "database/reviewflow.db", "postgresql": "database/reviewflow.dump"}
DEFINITIONS, PAPERS = "definitions/", "documents/"
PIECE = 1 << 20


class Part(BaseModel):
    """A file in the backup."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    name: str
    size: int
    sha256: str


class Index(BaseModel):
    """Every paper, by its path in the folder of papers."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    papers: tuple[Part, ...]


class Manifest(BaseModel):
    """What the backup is of, and what must be found in it."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    format: int
    version: str
    """Of reviewflow."""
    moment: str
    database: str
    """sqlite or postgresql."""
    schema_version: str
    rows: Mapping[str, int]
    heads: str
    """Over number and chain of every case."""
    audit_head: str | None = None
    """The newest seal when the backup was begun, as `reviewflow audit --head` prints it; None before the first."""
    parts: tuple[Part, ...]
    """Everything but this and the papers, which stand in the index."""


def measured_part(name: str, source: BinaryIO, copy: BinaryIO | None = None) -> Part:
    """The size and hash of what is read, written into a copy on the way."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
        if copy is not None:
            copy.write(piece)
    return Part(name=name, size=size, sha256=digest.hexdigest())
