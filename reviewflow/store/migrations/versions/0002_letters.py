"""Letters that bring notices together, one ordinary one a mailbox a day, and what is decided about the office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "letters_ordinary",
        "letters",
        ["address", "day"],
        unique=True,
        sqlite_where=sa.text("urgent = 0"),
        postgresql_where=sa.text("urgent = 0"),
    )
    op.create_table(
        "enclosures",
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"]),
        sa.ForeignKeyConstraint(["letter"], ["letters.number"]),
        sa.PrimaryKeyConstraint("notice"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("enclosures_letter", "enclosures", ["letter"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
