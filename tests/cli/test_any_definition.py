"""Whatever stands in the files, no command about them crashes, hangs or eats the machine."""

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewflow.cli import CRASH_LOG, main
from tests.language.definitions import BASE, OK, PLACE, case_files, cases
from tests.language.mutations import spoilt

ROOT = Path(__file__).parents[2]
SETS = [{**BASE, **case_files(case)} for case in cases(OK)]
MISTAKES = [(files, name) for files in SETS for name in files]
BUG = 3
SOON = 10.0  # a generous second
MOST_MEMORY = 200_000  # kilobytes
COMMANDS = (
    "check",
    "resolve {}",
    "explain {}",
    "preview {} --shortest --format json --now 2026-05-05",
    "diagram {} -o drawing.svg",
    "diagram {} -o drawing.bpmn",
    "diagram {} -o drawing.mmd",
    "diff definitions/processes/{}.yaml",
    "init another --from {}",
)
EXAMPLES = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def written(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        place = folder / "definitions" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    shutil.copy(ROOT / "definitions" / "calendars.yaml", folder / "definitions")


def is_answered(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["reviewflow", *words.split()])
    began = time.process_time()
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code != BUG, f"{words}\n{CRASH_LOG.read_text()}"
    assert time.process_time() - began < SOON, words


@EXAMPLES
@given(st.sampled_from(MISTAKES), st.integers(0, 2**32), st.integers(1, 6))
def test_any_command_on_any_definitions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: tuple[dict[str, bytes], str], seed: int, times: int
) -> None:
    files, name = mistake
    folder = tmp_path / "office"
    written(folder, {**files, name: spoilt(files[name], seed, times)})
    monkeypatch.chdir(folder)
    process = Path(PLACE if PLACE in files else name).stem
    for command in COMMANDS:
        is_answered(monkeypatch, command.format(process))


def test_files_made_to_exhaust_take_little_memory() -> None:
    program = (
        "from pathlib import Path\nfrom tests.language.definitions import PLACE, problems\n"
        "from tests.language.reading.test_parser import EXHAUSTING, steps\n"
        "for text in (*(each for each, _ in EXHAUSTING.values()), steps(1000)): problems({PLACE: text.encode()})\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) < MOST_MEMORY
