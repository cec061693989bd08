"""An answer over HTTP leaves in one packet, and all of it leaves."""

from __future__ import annotations

import asyncio

from adapters.http.packets import Gathering


class Wire(asyncio.Transport):
    """Keeps what was sent."""

    def __init__(self) -> None:
        super().__init__({"peername": "127.0.0.1"})
        self.sent: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def close(self) -> None:
        self.sent.append(b"closed")


async def one_step() -> None:
    """Let the loop go on once."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(done.set_result, None)
    await done


async def test_head_and_body_leave_together_and_the_next_answer_apart() -> None:
    wire = Wire()
    gathering = Gathering(wire)
    gathering.write(b"head ")
    gathering.write(b"body")
    assert wire.sent == []
    await one_step()
    assert wire.sent == [b"head body"]
    gathering.write(b"next")
    await one_step()
    assert wire.sent == [b"head body", b"next"]


async def test_what_was_written_leaves_before_the_connection_closes() -> None:
    wire = Wire()
    gathering = Gathering(wire)
    gathering.write(b"the last answer")
    gathering.close()
    await one_step()
    assert wire.sent == [b"the last answer", b"closed"]


async def test_the_rest_of_a_connection_is_as_it_was() -> None:
    assert Gathering(Wire()).get_extra_info("peername") == "127.0.0.1"
