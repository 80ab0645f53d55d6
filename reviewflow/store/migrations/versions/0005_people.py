"""Who did something: events hold a key from now on, so that a name can be erased and the chain still holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WORDS = "names are only ever added or erased"
_SQLITE = (
    f"""
    CREATE TRIGGER people_no_UPDATE BEFORE UPDATE ON people WHEN NEW.key IS NOT OLD.key OR NEW.name IS NOT NULL
    BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END
    """,
    f"CREATE TRIGGER people_no_DELETE BEFORE DELETE ON people BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
)
_POSTGRESQL = (
    f"""
    CREATE FUNCTION refuse_renaming() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.key = OLD.key AND NEW.name IS NULL THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '{_WORDS}';
    END $$
    """,
    """
    CREATE TRIGGER people_no_change BEFORE UPDATE OR DELETE ON people
    FOR EACH ROW EXECUTE FUNCTION refuse_renaming()
    """,
    """
    CREATE TRIGGER people_no_truncate BEFORE TRUNCATE ON people
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_renaming()
    """,
)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("name", name="people_name"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
