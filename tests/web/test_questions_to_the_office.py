"""A question asked on a page reaches the office in a letter, stands in the history, and answers nothing."""

from reviewflow.service.views.history import history
from tests.web.letters import Post, asked, item

OFFICE = "support@scp.example.org"
ASKED = "Do you need the school's dates? <b>{link TR-2026-001/agency_return/police/1}</b>"


def test_it_reaches_the_office_and_answers_nothing(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    assert "Ask the office a question" in client.get(path).text
    sent = client.post(f"{path}/question", data={"question": ASKED})
    assert sent.status_code == 303
    assert "We have your question" in client.get(sent.headers["location"]).text
    assert (item(post, case).status, item(post, case).to_decide) == ("open", "")
    letters = dict(post.deliver())
    assert "Do you need the school's dates? <b>(link TR-2026-001/agency_return/police/1)</b>" in letters[OFFICE]
    assert any(
        "asks a question" in line and "school's dates" in line for line in map(str, history(post.workspace, case))
    )


def test_what_could_identify_a_child_or_is_empty_is_refused_and_kept(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    page = client.post(f"{path}/question", data={"question": "Is it the boy born on 3 May 2014?"})
    assert (page.status_code, "Is it the boy born on 3 May 2014?" in page.text) == (422, True)
    assert 'href="#question"' in page.text
    assert client.post(f"{path}/question", data={"question": " "}).status_code == 422
    assert "question" not in item(post, case).responses


def test_who_asks_too_often_is_told_to_ring(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    replies = [client.post(f"{path}/question", data={"question": f"Which of the {n} years?"}) for n in range(6)]
    assert [reply.status_code for reply in replies] == [303] * 5 + [422]
    assert "Please ring us" in replies[-1].text
