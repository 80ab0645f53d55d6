"""Cases that were destroyed, each with its certificate: only theirs may events be taken out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MARKED = "SELECT 1 FROM destroyed JOIN cases ON cases.reference = destroyed.reference WHERE cases.id = OLD.case_id"
_SQLITE = f"""
CREATE TRIGGER events_no_DELETE BEFORE DELETE ON events
WHEN NOT EXISTS ({_MARKED})
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END
"""
_POSTGRESQL = (
    f"""
    CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
    IF NOT EXISTS ({_MARKED}) THEN RAISE EXCEPTION 'events are only ever added'; END IF;
    RETURN OLD;
    END $$
    """,
    "DROP TRIGGER events_no_change ON events",
    """
    CREATE TRIGGER events_no_change BEFORE UPDATE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER events_no_removal BEFORE DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION refuse_removal()
    """,
)


def upgrade() -> None:
    op.create_table(
        "destroyed",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ("DROP TRIGGER events_no_DELETE", _SQLITE) if sqlite else _POSTGRESQL:
        op.execute(statement)
