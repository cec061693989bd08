"""A bare discord.py bot with the same commands, which answer at once from nothing: what the transport alone costs."""

from __future__ import annotations

import os

import discord
import uvloop
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

ANSWER = discord.Embed(description="x" * 400)
FOUND = [app_commands.Choice(name=f"client {number}", value=f"client {number}") for number in range(25)]


class Bot(discord.Client):
    """Has `/client show`, `/client flag` and a list under their client."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        app_commands.CommandTree(self).add_command(Client())


class Client(app_commands.Group):
    """The group."""

    def __init__(self) -> None:
        super().__init__(name="client", description="bare")

    @app_commands.command(description="show")
    async def show(self, interaction: discord.Interaction, client: str) -> None:
        """Answer at once."""
        await interaction.response.send_message(embed=ANSWER, ephemeral=bool(client))

    @app_commands.command(description="flag")
    async def flag(self, interaction: discord.Interaction, client: str, archetype: str, reason: str = "") -> None:
        """Answer at once."""
        await interaction.response.send_message(embed=ANSWER, ephemeral=bool(client + archetype + reason))

    @show.autocomplete("client")
    async def _clients(self, _interaction: discord.Interaction, _begun: str) -> list[app_commands.Choice[str]]:
        return FOUND


def main() -> None:
    """Run until killed."""
    Route.BASE = os.environ["DISCORD_API_URL"].rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    uvloop.install()
    Bot().run(os.environ["DISCORD_TOKEN"], log_level=40)


if __name__ == "__main__":
    main()
