"""Run by Alembic: migrate through the connection that `reviewflow.store.schema` hands over."""

from __future__ import annotations

from alembic import context

from reviewflow.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
