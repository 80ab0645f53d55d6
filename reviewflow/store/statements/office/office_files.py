"""Statements over the office's own files."""

from __future__ import annotations

from sqlalchemy import select

from reviewflow.store.statements.sql import narrowed_by
from reviewflow.store.tables import OFFICE_FILES

files = OFFICE_FILES.c

OFFICE_FILE = narrowed_by(select(files.text, files.since), files.name)
