"""What the registers read from a process: its tables of actions, and the answers that a case goes on with."""

from reviewflow.language.model import Record
from reviewflow.language.structure.registers import action_lists, is_of_actions, kept_for_registers, recording
from tests.shipped import library

LIBRARY = library()


def test_each_table_of_actions_of_a_shipped_process_is_gathered_in_a_form_that_has_its_columns() -> None:
    lists = {name: tables for name, one in LIBRARY.processes.items() if (tables := list(action_lists(one.model)))}
    assert "action_plan" in lists
    for name, tables in lists.items():
        process = LIBRARY.processes[name].model
        for actions in tables:
            assert actions.done in set(recording(process, Record.ACTION_DONE)), name
            form = process.steps[actions.source].form
            fields = LIBRARY.forms[form].model.fields if isinstance(form, str) else form
            assert fields is not None
            assert is_of_actions(fields[actions.field]), name
            for step, record in (
                (actions.progress, Record.ACTION_PROGRESS),
                (actions.verified, Record.ACTION_VERIFIED),
            ):
                assert not step or step in set(recording(process, record)), name
            assert bool(actions.milestone) == bool(actions.milestones)


def test_only_what_a_register_reads_is_kept() -> None:
    process = LIBRARY.processes["action_plan"].model
    (verified, *_) = recording(process, Record.ACTION_VERIFIED)
    assert kept_for_registers(process.steps[verified], ["judgement", "remark"]) == {"judgement"}
    silent = next(step for step in process.steps.values() if step.records is None)
    assert kept_for_registers(silent, ["judgement", "remark"]) == frozenset()
