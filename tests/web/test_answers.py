"""A mailbox answers its letter over HTTP, and what it answers is in the case."""

import re

from tests.web.letters import ITEM, POLICE, Post, asked, item

ANSWER = {"f.kind": "summary", "f.quality_assured": "yes", "do": "answer"}


def test_an_answer_is_recorded_once_and_confirmed_by_letter(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    page = client.get(path)
    assert page.status_code == 200
    assert "Agency return" in page.text
    assert "Thu 14 May 2026" in page.text
    assert item(post, case).status == "open"
    for _ in range(2):
        sent = client.post(path, data=ANSWER)
        assert sent.status_code in {303, 409}
    assert post.followed == [case]
    assert item(post, case).status == "done"
    assert "Thank you, this is answered" in client.get(path).text
    [(to, text)] = post.deliver()
    assert to == POLICE
    assert "If that was not you, ring" in text
    [answered] = [event for event in post.workspace.store.events(case) if event.kind == "Completed"]
    assert answered.by == "Police"


def test_what_is_wrong_stands_on_top_and_what_was_typed_is_kept(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    page = client.post(path, data={"f.kind": "summary", "do": "answer"})
    assert page.status_code == 422
    assert not post.followed
    assert "<title>Error: " in page.text
    assert 'href="#f.quality_assured"' in page.text
    assert re.search(r'value="summary" checked', page.text)
    assert item(post, case).status == "open"


def test_more_time_is_asked_for_with_a_day_and_a_reason(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    typed = {"until-day": "18", "until-month": "5", "until-year": "2026", "why": "The author is away"}
    assert client.post(f"{path}/time", data=typed).status_code == 303
    state = item(post, case)
    assert (state.to_decide, str(state.asked_until)) == ("need_more_time", "2026-05-18")
    assert "You asked for more time" in client.get(f"{path}?told=time").text
    wrong = client.post(f"{path}/time", data=typed | {"until-day": "31", "until-month": "2"})
    assert wrong.status_code == 422
    assert 'value="31"' in wrong.text
    assert "The office has still to decide" in client.get(path).text
    [letter] = [text for _, text in post.deliver() if "Please decide" in text]
    assert f"reviewflow extend {case} {ITEM} --to 2026-05-18 --by-role ROLE" in letter
    assert f"reviewflow resume {case} {ITEM} --reason" in letter


def test_a_reason_that_could_identify_somebody_is_refused_where_it_was_typed(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    typed = {"until-day": "18", "until-month": "5", "until-year": "2026", "why": "born on 3 March 2019"}
    page = client.post(f"{path}/time", data=typed)
    assert page.status_code == 422
    assert '<a href="#why">' in page.text
    assert "Can the text that was refused identify nobody" not in page.text
    assert not item(post, case).responses


def test_that_it_is_worked_on_and_that_it_is_somebody_elses(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    assert client.post(f"{path}/working").status_code == 303
    assert "acknowledged" in item(post, case).responses
    assert client.post(f"{path}/other", data={"who": "role:chair"}).status_code == 422
    assert client.post(f"{path}/other", data={"who": "senior"}).status_code == 303
    assert item(post, case).to_decide == "wrong_person"


def test_looking_does_nothing(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    before = len(list(post.workspace.store.events(case)))
    for address in (path, f"{path}/day.ics", f"{path}/working", f"{path}/time", f"{path}?do=answer"):
        client.get(address)
        client.head(address)
    assert len(list(post.workspace.store.events(case))) == before
    day = client.get(f"{path}/day.ics")
    assert day.text.startswith("BEGIN:VCALENDAR")
    assert day.headers["content-type"] == "text/calendar; method=PUBLISH; charset=utf-8"
