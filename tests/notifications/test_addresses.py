"""What the definitions take for an address is what can be written to, and nothing else."""

from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from pydantic import TypeAdapter, ValidationError

from notifications.delivery import Delivery
from notifications.mail import route_to
from reviewflow.addresses import is_address
from reviewflow.language.model import Email

LONG = "x" * 64
GOOD = [
    *("a@b.uk", "reviews@police.example.org", "o'neill@northmoor.gov.uk", "a.b.c@d.example", "A_B@D.Example"),
    *(
        "a+b@d.example",
        "a-b@d-e.example",
        "-a@d.example",
        "a-@d.example",
        "a~b@d.example",
        "r&d@d.example",
        "1@2.example",
    ),
    *(f"{LONG}@d.example", "a@x.y.z.d.example", "a@d.museum", "a@xn--d-1ga.example", "a@1d.example", "_@d.example"),
    f"a@{'x' * 63}.example",
    f"a@{'.'.join(['x' * 60] * 3)}.example",
]
BAD = [
    *("", "a", "@", "a@", "@d.example", "a@d", "a@@d.example", "a@b@d.example", "a@.example", "a@d..example", "a@d."),
    *(".a@d.example", "a.@d.example", "a..b@d.example", "a@-d.example", "a@d-.example", "a@d.e", "a@d.1", "a@d.1x"),
    *("a@d.example.", "a@d.-example", "a@d.example-", "a@127.0.0.1", "a@[127.0.0.1]", "a@d_e.example", "a@d.ex_ample"),
    *(
        " a@d.example",
        "a@d.example ",
        "a b@d.example",
        "a@d .example",
        "a@d.example\n",
        "a\n@d.example",
        "a\0@d.example",
    ),
    *("a@d.example,b@d.example", "a@d.example;b@d.example", "A <a@d.example>", "<a@d.example>", '"a b"@d.example'),
    *('"a"@d.example', "a%b@d.example", "a%d.example@e.example", "a!b@d.example", "a(b)@d.example", "a@d.example(b)"),
    *("mailto:a@d.example", "a/b@d.example", "a\\b@d.example", "a:b@d.example", "a=b@d.example", "=?a?=@d.example"),
    *(
        "\u00e4@d.example",
        "a@d\u00e4.example",
        "a\u200b@d.example",
        "\uff41@d.example",
        "a@d\u3002example",
        "a\u202e@d.example",
    ),
    *(
        "{a}@d.example",
        "a|b@d.example",
        "a#b@d.example",
        "a$b@d.example",
        "a*b@d.example",
        "a?b@d.example",
        "a^b@d.example",
    ),
    *(f"{LONG}x@d.example", f"a@{'x' * 64}.example", f"a@{'.'.join(['x' * 60] * 5)}.example", "a`b@d.example"),
]
CHECK: TypeAdapter[str] = TypeAdapter(Email)


@pytest.mark.parametrize("address", GOOD)
def test_what_the_definitions_take_can_be_written_to(address: str, live: Callable[[str], Delivery]) -> None:
    assert CHECK.validate_python(address) == address
    message = EmailMessage()
    message["To"] = Address(addr_spec=address)
    assert message["To"].addresses[0].addr_spec == address
    assert route_to(live("mailto://127.0.0.1:9"), address).targets == [(False, address)]


@pytest.mark.parametrize("address", BAD)
def test_what_cannot_be_written_to_is_refused_where_it_is_read(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValidationError):
        CHECK.validate_python(address)
