"""`docs/commands.md`, made from the registry: run as a module to write it, imported by the test that compares it."""

from __future__ import annotations

from pathlib import Path

from bot.commands import CommandSpec
from bot.features.registry import commands
from bot.i18n.speech import Speech

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
INTRO = """# Commands

Arguments may be quoted with " ' “ ” « » 「 」; an unclosed quote is an ordinary character, and the last argument
takes the rest of the line. The English name always works, in every language. In a thread, mention the bot
instead: `@chao flag acme mala-paga`.
"""


def page() -> str:
    """The whole page."""
    return INTRO + "".join(_section(spec) for spec in commands().values())


def _section(spec: CommandSpec) -> str:
    say = Speech("en")
    others = " · ".join(f"`{Speech(language)(spec.title)}`" for language in ("es", "zh"))
    managers = " Managers only." if spec.managers_only else ""
    return (
        f"\n## {spec.name}\n\n`{spec.usage(say)}`\n\n{say(spec.help)}{managers} Also {others}.\n\n"
        f"```\n/client {say(spec.example)}\n```\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
