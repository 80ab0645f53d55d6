"""A digest goes in the one letter of the day of its mailbox, and a letter says what else is owed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("digests", sa.Column("letter", sa.Text(), nullable=True))
    op.add_column("letters", sa.Column("besides", sa.Text(), nullable=True))
