"""The first days of an office on its machine: installed by the page, used, broken, started anew, brought up to date."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.from_empty.machine import Machine
from tests.from_empty.office import ETC, Filling
from tests.from_empty.outside import LETTERS, OFFICE, addresses, answer, browser
from tests.from_empty.page import Section, sections
from tests.from_empty.root import HERE
from tests.notifications.servers import PostOffice, words

PAGE = HERE / "docs" / "operations.md"
PARTS = ("prefect", "runner", "answers", "gate", "caddy")
UP = 240.0
"""Seconds until a part must be there."""
PLANNED = "sessions='Session 1' purpose=good_work police_agree=no_proceedings employers=yes"
RETURN = {"f.answer": "nil_return", "f.approved": "yes", "f.records_secured": "yes", "f.risk_now": "none_found"}
NIL = "Nil return"
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
Tell = Callable[[str], None]


def live(machine: Machine, folder: Path, mail: PostOffice, port: int, tell: Tell) -> None:
    """All of it. Raises AssertionError, in words, at the first thing that is not as the page says."""
    page = sections(PAGE)
    install(machine, page["Install"], tell)
    first_days(machine, folder, Filling(machine, folder, port), mail, tell)


def first_days(machine: Machine, folder: Path, filling: Filling, mail: PostOffice, tell: Tell) -> None:
    """All that comes after the programs are there."""
    page = sections(PAGE)
    fill_in(machine, page["Install"], filling, tell)
    start(machine, page["Install"], tell)
    send(machine, mail, tell)
    reference = open_case(machine)
    letter = answered(machine, folder, filling, mail, reference, tell)
    outlives(machine, tell)
    starts_anew(machine, reference, tell)
    publish(machine, page["New definitions"], mail, tell)
    machine.done("echo '# of the next version' >> constraints.txt")
    for title in ("A new version", "Back up, restore, move"):
        typed(machine, page[title], tell)
    rotates(machine, page["Other secrets"], folder, filling, letter, tell)
    at_night(machine, page["What to do when"], folder, filling, tell)
    assert "done" in machine.done(f"sudo reviewflow history {reference}")


def at_night(machine: Machine, section: Section, folder: Path, filling: Filling, tell: Tell) -> None:
    """All that a hurried reader types: no letter goes out any more, and Prefect's database is made anew."""
    typed(machine, section, tell)
    up(machine, tell)
    assert "Delivery is test" in machine.done("sudo reviewflow delivery")
    with browser(folder, "olaf", filling.password) as olaf:
        until(lambda: olaf.get(f"https://{OFFICE}/api/deployments/name/chase/chase").status_code == 200)
    tell("no letter goes out any more, and Prefect's pages are there again on an empty database")


def install(machine: Machine, section: Section, tell: Tell) -> None:
    """The first block word for word: what a dry run says is done, and the second time there is nothing to do."""
    dry, really = section.commands[0]
    before = listed(machine)
    would = [line.removeprefix("would ") for line in give(machine, dry, tell).splitlines()]
    assert listed(machine) == before, "a dry run changed something"
    done = give(machine, really, tell).splitlines()[:-1]
    assert would == done, f"said and not done, or done and not said: {set(would) ^ set(done)}"
    again = give(machine, really, tell)
    assert again == "Nothing to change.\n", f"the second time something was changed: {again}"


def fill_in(machine: Machine, section: Section, filling: Filling, tell: Tell) -> None:
    """The numbered steps, each with what it has people type."""
    fills = filling.steps()
    assert len(section.steps) == len(fills), section.steps
    for step, (begins, fill) in zip(section.steps, fills.items(), strict=True):
        assert step.startswith(begins), f"the page says {step!r}, known is {begins!r}"
        typed(machine, Section("", step), tell)
        fill()
        tell(f"filled in: {begins}")


def start(machine: Machine, section: Section, tell: Tell) -> None:
    """The last block; the doctor is asked when all are up."""
    for line in section.commands[-1]:
        if "doctor" in line:
            up(machine, tell)
        give(machine, line, tell)


def give(machine: Machine, line: str, tell: Tell) -> str:
    """Type a line of the page. What the doctor finds is no fault of the page: there is no DNS, and no backup yet."""
    done = machine.run(line)
    tell(f"{'ok' if done.returncode == 0 else f'ends with {done.returncode}'}: {line}")
    told = f"{line}\n{done.stdout}\n{done.stderr}"
    if "doctor" in line:
        assert done.returncode in {0, 1, 3}, told
        print(done.stdout)
    else:
        assert done.returncode == 0, told
    return done.stdout


def typed(machine: Machine, section: Section, tell: Tell) -> None:
    """All commands of a section, one after another."""
    for block in section.commands:
        if any("reviewflow restore" in line for line in block):
            machine.done(
                "sudo sh -c 'cp $(ls -t /var/backups/reviewflow/*.age | head -n 1) /srv/reviewflow/backup.age'"
            )
        for line in block:
            give(machine, line, tell)


def listed(machine: Machine) -> str:
    """What stands where an install writes, and which packages there are."""
    return machine.done(
        "sudo find /etc /opt /srv/reviewflow /usr/local /var/backups -printf '%p %m %u %s\\n'; dpkg -l || true"
    )


def up(machine: Machine, tell: Tell) -> None:
    """Until each part runs and answers."""
    for name in PARTS:
        machine.wait_until(f"systemctl is-active -q reviewflow-{name}", UP)
    taken = machine.wait_until(
        "python3 -c 'import socket; [socket.create_connection((\"127.0.0.1\", p)) for p in (443, 4200, 4280, 4290)]'",
        UP,
    )
    tell(f"all parts run and listen, {taken:.0f} s after they were started")


def send(machine: Machine, mail: PostOffice, tell: Tell) -> None:
    """Messages go out, by two people."""
    confirm(machine, machine.done("sudo reviewflow delivery live --by 'A. Officer'"), mail)
    tell("two people let messages out")


def publish(machine: Machine, section: Section, mail: PostOffice, tell: Tell) -> None:
    """The office's folder as somebody changed it on a laptop takes its place, and is taken back, each by two people."""
    machine.done("sudo cp -r /srv/reviewflow/definitions our-definitions")
    machine.done("echo '# looked at' | sudo tee -a our-definitions/ladders.yaml")
    in_place = "sudo tail -n 1 /srv/reviewflow/definitions/ladders.yaml"
    for block, after in zip(section.commands, (True, False), strict=True):
        for line in block:
            told = give(machine, line, tell)
            if "--yes" in line:
                confirm(machine, told, mail)
        assert ("# looked at" in machine.done(in_place)) == after
    assert "A. Officer" in machine.done("sudo reviewflow delivery")
    tell("two people published a folder, and took it back")


def confirm(machine: Machine, asked: str, mail: PostOffice) -> None:
    """The second person types the code that was mailed."""
    [request] = re.findall(r"reviewflow confirm (\d+)", asked)
    [code] = CODE.findall(words(mail.mails[-1]))
    machine.done(f"sudo reviewflow confirm {request} --by 'B. Manager'", given=f"{code}\n")


def open_case(machine: Machine) -> str:
    """A learning event whose plan is made: an agency is asked by letter. Its reference."""
    day = machine.done("date +%F").strip()
    said = machine.done(f"sudo reviewflow open learning_event --date decided={day} --agency police")
    reference = re.findall(r"LE-\d{4}-\d{3}", said)[0]
    machine.done(f"sudo reviewflow complete {reference} plan planned_on={day} {PLANNED}")
    return str(reference)


def answered(machine: Machine, folder: Path, filling: Filling, mail: PostOffice, reference: str, tell: Tell) -> str:
    """A letter goes out with a sweep that an officer asks for, and the agency's answer moves the case; its address."""
    with browser(folder, "olaf", filling.password) as olaf, browser(folder) as agency:
        assert agency.get(f"https://{OFFICE}/").status_code == 401
        for path in ("", "runs", "v2/"):
            page = olaf.get(f"https://{OFFICE}/{path}", headers={"Accept": "text/html"}, follow_redirects=True)
            assert "<script" in page.raise_for_status().text, f"no page of Prefect's at /{path}"
        chase = olaf.get(f"https://{OFFICE}/api/deployments/name/chase/chase").raise_for_status().json()
        made = olaf.post(f"https://{OFFICE}/api/deployments/{chase['id']}/create_flow_run", json={})
        run = made.raise_for_status().json()["id"]
        until(lambda: olaf.get(f"https://{OFFICE}/api/flow_runs/{run}").json().get("state_type") == "COMPLETED")
        found = dict.fromkeys(address for each in mail.mails for address in addresses(words(each)))
        assert found, [each["Subject"] for each in mail.mails]
        tell(f"a sweep that an officer began sent {len(mail.mails)} letters, with addresses in them")
        [asked] = [address for address in found if RETURN["f.answer"] in agency.get(address).text]
        page = answer(agency, asked, {**RETURN, **sent_on(machine)})
        assert page.is_success, re.sub(r"<[^>]*>|\n", " ", page.text.partition("<main")[2])[:800]
        assert LETTERS in asked
    told = machine.done(f"sudo reviewflow history {reference}")
    assert "The significant events from the agency's records" in told, told
    assert NIL in told, told
    tell("the agency's answer, through the proxy, is in the history")
    return asked


def rotates(machine: Machine, section: Section, folder: Path, filling: Filling, letter: str, tell: Tell) -> None:
    """Secrets are others afterwards; officers are let in as before, and the page of a letter of before still opens."""
    names = ("PREFECT_SERVER_API_AUTH_STRING", "REVIEWFLOW_GATE_SECRET", "REVIEWFLOW_DOOR_KEY")
    before = [machine.done(f"sudo cat {ETC}/secrets/{name}").strip() for name in names]
    typed(machine, section, tell)
    up(machine, tell)
    after = [machine.done(f"sudo cat {ETC}/secrets/{name}").split() for name in names]
    assert [len(lines) for lines in after] == [1, 1, 2]
    assert after[2][1] == before[2]
    assert not {after[0][0], after[1][0], after[2][0]} & {*before}
    with browser(folder, "olaf", filling.password) as olaf, browser(folder) as agency:
        until(lambda: olaf.get(f"https://{OFFICE}/api/deployments/name/chase/chase").status_code == 200)
        assert agency.get(letter).status_code == 200
    tell("secrets were changed; who is signed in works on, and a letter's page still opens")


def sent_on(machine: Machine) -> dict[str, str]:
    """Today, as the page asks for it."""
    names = ("f.sent_on-day", "f.sent_on-month", "f.sent_on-year")
    return dict(zip(names, machine.done("date '+%d %m %Y'").split(), strict=True))


def outlives(machine: Machine, tell: Tell) -> None:
    """Each part is killed and comes back by itself."""
    for name in PARTS:
        machine.done(f"sudo systemctl kill --signal=KILL reviewflow-{name}")
    machine.wait_until("sleep 6; ! systemctl is-failed -q 'reviewflow-*'", UP)
    up(machine, tell)
    tell("each part was killed, and was started again by itself")


def starts_anew(machine: Machine, reference: str, tell: Tell) -> None:
    """The machine is started anew: all parts are there by themselves, and so is what was recorded."""
    taken = machine.start_anew()
    tell(f"the machine was started anew, and is up {taken:.0f} s after it was told so")
    up(machine, tell)
    machine.done("systemctl is-active reviewflow-backup.timer")
    assert NIL in machine.done(f"sudo reviewflow history {reference}")
    assert machine.done("sudo reviewflow audit")
    tell("the answer is still in the history")


def until(reached: Callable[[], bool], patience: float = 300) -> None:
    """Ask each second. Raises AssertionError when it takes longer."""
    import time

    ends = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(1)
