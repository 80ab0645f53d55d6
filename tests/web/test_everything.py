"""All that a mailbox owes is shown to whoever reads that mailbox, and to nobody who has one address alone."""

import re
from datetime import timedelta

from tests.service.builders import at, opened
from tests.web.letters import POLICE, Post, asked


def code_in(post: Post) -> str:
    [address, _, text] = post.at_once[-1]
    assert address == POLICE
    found = re.search(r"The code is ([0-9]{6})\b", text)
    assert found
    return found[1]


def test_a_code_opens_it_and_each_line_leads_to_its_page(post: Post, case: str) -> None:
    post.now = at(5)
    other = opened(post.workspace)
    post.deliver()
    post.now = at(12)
    client, path = post.client(), asked(post)
    before = client.get(f"{path}/all").text
    assert other not in before
    assert "Send the code" in before
    assert not post.at_once
    assert "A code has gone" in client.post(f"{path}/all/code").text
    figures = code_in(post)
    wrong = client.post(f"{path}/all", data={"code": f"{(int(figures) + 1) % 10**6:06d}"})
    assert (wrong.status_code, other in wrong.text) == (422, False)
    shown = client.post(f"{path}/all", data={"code": f"{figures[:3]} {figures[3:]}"}).text
    links = re.findall(r'href="(/a/[0-9A-Z]{26})">(\S+):', shown)
    assert {reference for _, reference in links} == {case, other}
    assert all(client.get(link).status_code == 200 for link, _ in links)


def test_a_code_is_for_one_address_and_ends(post: Post, case: str) -> None:
    client, path = post.client(), asked(post)
    client.post(f"{path}/all/code")
    figures = code_in(post)
    post.now += timedelta(minutes=21)
    assert client.post(f"{path}/all", data={"code": figures}).status_code == 422
    for _ in range(4):
        client.post(f"{path}/all", data={"code": "000000"})
    client.post(f"{path}/all/code")
    tried = client.post(f"{path}/all", data={"code": code_in(post)})
    assert "Too many codes" in tried.text
    for _ in range(3):
        client.post(f"{path}/all/code")
    assert len(post.at_once) == 3
    assert case not in " ".join(map(str, post.at_once))
