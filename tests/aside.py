"""What the migrations made on PostgreSQL is set aside, emptied, after a test, and the next that sets up takes it.

To drop it and to make it anew took a tenth of a second of the processor, five hundred times.
"""

from typing import Any

ASIDE = "set_aside"
MADE = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT concat_ws(' ', oid, relname, relowner, relkind, relpersistence, relacl, reloptions, relrowsecurity,
        relforcerowsecurity, relreplident, reltablespace, relam) AS part FROM relations
    UNION ALL SELECT concat_ws(' ', 'column', attrelid, attnum, a.xmin)
        FROM pg_attribute a JOIN relations ON attrelid = relations.oid
    UNION ALL SELECT concat_ws(' ', 'default', d.oid, d.xmin)
        FROM pg_attrdef d JOIN relations ON adrelid = relations.oid
    UNION ALL SELECT concat_ws(' ', 'index', indexrelid, i.xmin)
        FROM pg_index i JOIN relations ON indrelid = relations.oid
    UNION ALL SELECT concat_ws(' ', 'trigger', t.oid, t.xmin)
        FROM pg_trigger t JOIN relations ON tgrelid = relations.oid
    UNION ALL SELECT concat_ws(' ', 'rule', r.oid, r.xmin)
        FROM pg_rewrite r JOIN relations ON ev_class = relations.oid
    UNION ALL SELECT concat_ws(' ', 'policy', p.oid, p.xmin)
        FROM pg_policy p JOIN relations ON polrelid = relations.oid
    UNION ALL SELECT concat_ws(' ', 'counted', starelid, staattnum, s.xmin)
        FROM pg_statistic s JOIN relations ON starelid = relations.oid
    UNION ALL SELECT concat_ws(' ', 'constraint', oid, xmin)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'function', oid, xmin) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'type', oid, xmin) FROM pg_type WHERE typnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'schema', nspowner, nspacl) FROM pg_namespace WHERE nspname = 'public'
) parts
"""
"""All that is in the schema, with who changed it last; an ANALYZE counts as a change, and what TRUNCATE does not."""
RELATIONS = "WITH relations AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
USED = f"{RELATIONS} SELECT relname FROM relations WHERE relkind = 'r' AND pg_relation_size(oid) > 0 ORDER BY 1"
"""Tables that had a row since they were made or truncated."""
COUNT_ANEW = """
SELECT setval(format('public.%I', sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""

Rows = dict[str, str]
_noted: dict[str, tuple[str, Rows]] = {}
"""By database, what the migrations had made there, and the rows that they wrote."""


def note(cursor: Any) -> None:
    """The schema is now as the migrations make it."""
    _noted[_database(cursor)] = _made(cursor), _rows(cursor, _used(cursor))


def take(cursor: Any) -> bool:
    """Put what is set aside in the place of a schema that is empty; False where there is none."""
    if _one(cursor, f"SELECT to_regnamespace('{ASIDE}')") is None:
        return False
    cursor.execute("DROP SCHEMA public")
    cursor.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")
    return True


def empty(cursor: Any) -> None:
    """Make the schema empty; what the migrations made is set aside unless it was changed, or is there already."""
    if _one(cursor, f"SELECT to_regnamespace('{ASIDE}')") is None and _as_noted(cursor):
        cursor.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
    else:
        cursor.execute("DROP SCHEMA public CASCADE")
    cursor.execute("CREATE SCHEMA public")


def _as_noted(cursor: Any) -> bool:
    """Whether the schema is what the migrations made, once its other rows are gone."""
    made, rows = _noted.get(_database(cursor), ("", {}))
    if _made(cursor) != made:
        return False
    if others := [table for table in _used(cursor) if table not in rows]:
        cursor.execute("SET session_replication_role = replica")  # what may not be deleted may be truncated here
        cursor.execute(f"TRUNCATE {', '.join(f'public.{table}' for table in others)} CASCADE")
        cursor.execute("RESET session_replication_role")
    cursor.execute(COUNT_ANEW)
    return _rows(cursor, list(rows)) == rows


def _made(cursor: Any) -> str:
    return str(_one(cursor, RELATIONS + MADE))


def _used(cursor: Any) -> list[str]:
    cursor.execute(USED)
    return [name for (name,) in cursor.fetchall()]


def _rows(cursor: Any, tables: list[str]) -> Rows:
    query = "SELECT string_agg(row::text, ' ' ORDER BY row::text) FROM public.{} AS row"
    return {table: str(_one(cursor, query.format(table))) for table in tables}


def _database(cursor: Any) -> str:
    return str(_one(cursor, "SELECT current_database()"))


def _one(cursor: Any, query: str) -> Any:
    cursor.execute(query)
    return cursor.fetchone()[0]
