"""That Prefect does not show what a case has become stands in a column of its own meaning: a command leaves its index.

Before, the index named the number of the last event, which every command changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
OWED = sa.text("mirrored = 0")


def upgrade() -> None:
    op.drop_index("cases_unmirrored", table_name="cases")
    op.execute("UPDATE cases SET mirrored = 0 WHERE mirrored < number")
    op.create_index("cases_unmirrored", "cases", ["id"], sqlite_where=OWED, postgresql_where=OWED)
