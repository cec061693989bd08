"""The command line's commands and options; what can be none of them is refused here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from bot.knowledge.schema import LANGUAGES


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"chao: {message}; run `{self.prog} --help`\n")


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = _Parser(prog="chao", description="A chat bot for teams with difficult clients.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    chat = commands.add_parser("chat", help="talk to the bot here: on a terminal, or line by line from a pipe")
    chat.add_argument(
        "--workspace", type=_text, default="local", metavar="NAME", help="which team's data (default: local)"
    )
    commands.add_parser("serve", help="run every platform whose tokens are set")
    commands.add_parser("run", help="serve when a platform's token is set, else chat")
    ask = commands.add_parser("ask", help="one question, one answer")
    ask.add_argument("text", metavar="TEXT")
    ask.add_argument("--json", action="store_true", help="print the reading and the answer as JSON")
    for command in (chat, ask):
        command.add_argument("--locale", choices=LANGUAGES, default="", metavar="L", help="es, en or zh")
    judge = commands.add_parser("evaluate", help="measure the understanding on labelled questions")
    judge.add_argument("files", nargs="+", type=Path, metavar="FILE", help='JSONL rows {"text", "labels": [ids]}')
    judge.add_argument("--json", action="store_true", help="print the figures as JSON")
    judge.add_argument("--predictions", type=Path, metavar="OUT", help="write a prediction row for each text")
    _knowledge_parser(commands.add_parser("knowledge", help="validate, read, or describe knowledge files"))
    database = commands.add_parser("db", help="migrations").add_subparsers(
        dest="action", required=True, parser_class=_Parser
    )
    database.add_parser("upgrade", help="bring the database to this version")
    database.add_parser("current", help="print the database's revision")
    copying = database.add_parser("copy", help="copy all data to an empty database, and compare")
    copying.add_argument("source", metavar="FROM", help="sqlite:///path/to/chao.db or postgresql://…")
    copying.add_argument("target", metavar="TO", help="likewise; its tables are made when there are none")
    slack = commands.add_parser("slack", help="what Slack's settings need").add_subparsers(
        dest="action", required=True, parser_class=_Parser
    )
    making = slack.add_parser("manifest", help="print the app manifest")
    making.add_argument(
        "--http", type=_public, default="", metavar="URL", help="for HTTP at this public address, not Socket Mode"
    )
    commands.add_parser("doctor", help="check database, knowledge, tokens and clock, and say what to do")
    return top


def _knowledge_parser(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, parser_class=_Parser)
    checking = actions.add_parser("check", help="validate our files and a team's folder")
    checking.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a team's folder (default: CHAO_KNOWLEDGE)"
    )
    showing = actions.add_parser("show", help="print a playbook, or list all")
    showing.add_argument("id", nargs="?", metavar="ID")
    showing.add_argument("--locale", choices=LANGUAGES, default="", metavar="L")
    actions.add_parser("schema", help="print the JSON Schema of knowledge files").add_argument(
        "id", nargs="?", metavar="KIND"
    )


def _text(said: str) -> str:
    """Bytes that are no text in this system's encoding come as surrogates, which nothing can store."""
    if not said.isprintable() or not said:
        raise argparse.ArgumentTypeError("write a name, in UTF-8")
    return said


def _public(url: str) -> str:
    """Slack takes https alone; no address is the default."""
    try:
        parts = urlsplit(url)
        is_one = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        is_one = False
    if url and not is_one:
        raise argparse.ArgumentTypeError("write an address as https://chao.example.com")
    return url
