"""The words with which a message was tried, where they are others than those that were first written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("attempts", sa.Column("subject", sa.Text(), nullable=True))
    op.add_column("attempts", sa.Column("text", sa.Text(), nullable=True))
