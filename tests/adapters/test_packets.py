"""An answer over HTTP leaves in one packet, and all of it leaves."""

from __future__ import annotations

import asyncio

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from adapters.http.packets import Gathering
from adapters.http.server import HttpServer


class Wire(asyncio.Transport):
    """Keeps what was sent."""

    def __init__(self) -> None:
        super().__init__({"peername": "127.0.0.1"})
        self.sent: list[bytes] = []
        self.is_gone = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def is_closing(self) -> bool:
        return self.is_gone

    def close(self) -> None:
        self.sent.append(b"closed")


async def one_step() -> None:
    """Let the loop go on once."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(done.set_result, None)
    await done


HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


async def test_head_and_body_leave_together_and_at_once() -> None:
    wire = Wire()
    gathering = Gathering(wire)
    gathering.write(HEAD)
    assert wire.sent == []
    gathering.write(b"body")
    gathering.write(b"more")
    await one_step()
    assert wire.sent == [HEAD + b"body", b"more"]


async def test_an_answer_without_a_body_leaves_at_once_and_a_head_alone_with_the_next_step() -> None:
    wire = Wire()
    gathering = Gathering(wire)
    gathering.write(HEAD)
    gathering.write(b"")
    assert wire.sent == [HEAD]
    gathering.write(HEAD)
    await one_step()
    assert wire.sent == [HEAD, HEAD]


async def test_what_was_written_leaves_before_the_connection_closes() -> None:
    wire = Wire()
    gathering = Gathering(wire)
    gathering.write(HEAD)
    gathering.close()
    await one_step()
    assert wire.sent == [HEAD, b"closed"]


async def test_nothing_is_sent_to_who_went_away_meanwhile() -> None:
    wire = Wire()
    gathering = Gathering(wire)
    gathering.write(HEAD)
    wire.is_gone = True
    await one_step()
    assert wire.sent == []


async def test_the_rest_of_a_connection_is_as_it_was() -> None:
    assert Gathering(Wire()).get_extra_info("peername") == "127.0.0.1"


async def test_who_says_no_more_after_asking_is_answered() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await PlainTextResponse("ok")(scope, receive, send)

    server = HttpServer(app, "127.0.0.1", 0)
    running = asyncio.create_task(server.run())
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    writer.write_eof()
    assert (await reader.read()).endswith(b"\r\n\r\nok")
    writer.close()
    server.stop()
    await running
