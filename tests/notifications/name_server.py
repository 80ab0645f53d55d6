"""A name server on this machine, which knows the texts that a test gives it and nothing else."""

import socketserver
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset


@contextmanager
def name_server(texts: Mapping[str, list[str]], *, ill: bool = False) -> Iterator[dns.resolver.Resolver]:
    """What asks it, until the block ends; one that is ill answers that it failed."""

    class Answers(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            packet, socket = self.request
            asked = dns.message.from_wire(packet)
            name = asked.question[0].name
            known = texts.get(name.to_text(omit_final_dot=True))
            reply = dns.message.make_response(asked)
            reply.flags |= dns.flags.RA
            reply.set_rcode(dns.rcode.SERVFAIL if ill else dns.rcode.NOERROR if known else dns.rcode.NXDOMAIN)
            if known and not ill:
                written = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in known]
                reply.answer.append(dns.rrset.from_text_list(name, 60, "IN", dns.rdatatype.TXT, written))
            socket.sendto(reply.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.server_address[1]
        yield resolver
        server.shutdown()
