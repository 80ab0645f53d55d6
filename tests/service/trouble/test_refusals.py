"""What an automatic step asked for and was refused reads alike for whoever asks why and for the doctor."""

from pathlib import Path

from reviewflow.case.model.refusal import Refused
from reviewflow.service.health.sweeping import trouble
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.trouble.words import trouble_lines
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, finished, opened
from tests.service.sweep.test_automatic_steps import asking_for_the_time


def test_the_doctor_says_what_was_refused_in_the_words_of_why(office: Workspace, tmp_path: Path) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    changed = asking_for_the_time(office, tmp_path / "now")
    assert run_automatic_steps(changed, now=at(20)) == 0
    [job] = office.store.due_jobs("9999", 9)
    [words] = [
        reason.words.partition("refused: ")[2]
        for reason in why(office, reference, job.item, now=at(20)).reasons
        if "refused: " in reason.words
    ]
    [found] = trouble(changed)
    assert f"{reference}/{job.item} was refused: {words.rstrip('.')}; since" in found.says
    assert "reviewflow.case" not in found.says


def test_a_refusal_names_no_place_in_the_program_and_in_a_letter_no_words(office: Workspace) -> None:
    with Boundary(office, "chase", at(5)).around("case", "TR-2026-001"):
        raise Refused(["Mr Smith cannot be asked."], "Ask another.")
    [line] = trouble_lines(office)
    assert line.startswith("TR-2026-001 could not be chased: it was refused (since")
