"""One `chao serve` for Slack and Discord together: each is answered, over real connections."""

from __future__ import annotations

from pathlib import Path

from bot.router import Router
from tests.discord import loopback as discord
from tests.discord.shown import read
from tests.discord.world import READY, World
from tests.slack import loopback as slack
from tests.slack.process import over_http, serving


async def test_one_process_answers_on_both_and_keeps_them_apart(bot: Router, tmp_path: Path) -> None:
    world = World(bot)
    greeting = [("READY", READY), ("GUILD_CREATE", world.guild())]
    async with slack.loopback() as workspace, discord.loopback(world.fake, greeting) as server:
        settings = over_http(workspace.api_url, **server.environment)
        async with serving(tmp_path, **settings) as chao:
            assert "acme is flagged" in (await chao.slash("flag acme mala-paga")).shown
            await server.until(lambda: bool(server.opened))
            await server.send(*world.typed("ana", "show", client="acme"))
            await server.until(lambda: bool(world.fake.posted))
            assert "I know no client called “acme”." in read(world.fake.posted[0].payload, {})
            assert "1 open flag" in (await chao.slash("show acme")).shown
            chao.terminate()
            code, said = await chao.ended()
    assert code == 0
    assert "acme" not in said
