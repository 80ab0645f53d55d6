"""What Prefect was owed before the index of it left out the number of the last event, it is owed afterwards."""

from sqlalchemy import text

from reviewflow.store import Store
from tests.store.builders import change, opened


def test_a_case_that_prefect_had_not_shown_as_it_is_is_still_owed(store: Store) -> None:
    shown, behind, never = opened(store), opened(store), opened(store)
    store.append(change(shown, events=2))
    store.append(change(behind, events=2))
    _as_it_was(store, {shown.reference: 3, behind.reference: 1, never.reference: 0})
    store.migrate()
    assert store.unmirrored(10) == [(behind.reference, 3), (never.reference, 1)]


def _as_it_was(store: Store, mirrored: dict[str, int]) -> None:
    """Take the migration back by hand; how far Prefect had come then, by case."""
    engine = store.driver.engine()
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX cases_unmirrored"))
        connection.execute(text("CREATE INDEX cases_unmirrored ON cases (id) WHERE number > mirrored"))
        for reference, number in mirrored.items():
            values = {"number": number, "reference": reference}
            connection.execute(text("UPDATE cases SET mirrored = :number WHERE reference = :reference"), values)
        connection.execute(text("UPDATE alembic_version SET version_num = '0014'"))
    engine.dispose()
