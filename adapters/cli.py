"""`chao`: the command line and the composition root."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from adapters import wiring
from adapters.failure import CommandFailedError
from bot.crashes import logged
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES
from bot.settings import Settings


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"chao: {message}; run `{self.prog} --help`\n")


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = _Parser(prog="chao", description="A chat bot for teams with difficult clients.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    chat = commands.add_parser("chat", help="talk to the bot here: on a terminal, or line by line from a pipe")
    chat.add_argument("--workspace", default="local", metavar="NAME", help="which team's data (default: local)")
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
    making.add_argument("--http", default="", metavar="URL", help="for HTTP at this public address, not Socket Mode")
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


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    options = parser().parse_args(argv)
    try:
        settings = _settings()
        wiring.set_up_logs(settings.log_level)
        with asyncio.Runner(loop_factory=_loop_factory(options, settings)) as runner:
            return runner.run(_run(options, settings))
    except CommandFailedError as error:
        sys.stderr.write(f"chao: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - a user gets a line and a reference, never a traceback
        reference = logged(error, options.command)
        sys.stderr.write(f"chao: something broke on our side; the line above has its place, reference {reference}\n")
        return 1


def _settings() -> Settings:
    """What is set; of what is set wrong the first is named, without its value, which may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise CommandFailedError(f"{first['loc'][-1]} is set wrong: {first['msg']}") from error


def _loop_factory(options: argparse.Namespace, settings: Settings) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster event loop for what serves many."""
    if options.command != "serve" and not (options.command == "run" and settings.has_platform):
        return None
    import uvloop

    return uvloop.new_event_loop


# A sub-command's own module is imported when it is run: no start waits for what another one needs.
async def _run(options: argparse.Namespace, settings: Settings) -> int:
    match options.command:
        case "chat":
            return await _chat(options.workspace, options.locale, settings)
        case "run" if not settings.has_platform:
            return await _chat("local", "", settings)
        case "serve" | "run":
            return await _serve(settings)
        case "ask":
            return await _ask(options, settings)
        case "evaluate":
            return _evaluate(options, settings)
        case "knowledge":
            return _knowledge(options, settings)
        case "db":
            return await _database(options, settings)
        case "slack":
            return _slack_manifest(options.http)
        case _:
            from adapters import doctor

            return await doctor.run(settings)


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from adapters.evaluate import evaluate

    knowledge = wiring.open_knowledge(settings).current()
    return evaluate(options.files, knowledge, options.predictions, as_json=options.json)


async def _database(options: argparse.Namespace, settings: Settings) -> int:
    from adapters import database_cli

    if options.action == "copy":
        return await database_cli.copy(options.source, options.target)
    return await database_cli.revision(options.action, settings)


def _knowledge(options: argparse.Namespace, settings: Settings) -> int:
    from adapters.knowledge_cli import check, schema, show

    if options.action == "check":
        return check(options.path or settings.knowledge, Speech(wiring.default_language(settings)))
    if options.action == "schema":
        return schema(options.id)
    language = wiring.default_language(settings, options.locale, os.environ.get("LANG", ""))
    return show(options.id, wiring.open_knowledge(settings).current(), Speech(language))


async def _chat(workspace: str, locale: str, settings: Settings) -> int:
    from adapters.chat import chat

    return await chat(workspace, locale, settings)


async def _serve(settings: Settings) -> int:
    from adapters.serve import serve

    return await serve(settings, wiring.default_language(settings, settings.locale))


def _slack_manifest(url: str) -> int:
    from adapters.slack.manifest import manifest
    from bot.features import registry

    sys.stdout.write(json.dumps(manifest(registry.commands(), url), indent=2, ensure_ascii=False) + "\n")
    return 0


async def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from adapters.asking import answer_once

    language = wiring.default_language(settings, options.locale, settings.locale, os.environ.get("LANG", ""))
    async with wiring.running_router(settings, language) as router:
        answer = await answer_once(router, options.text, options.locale)
    text = json.dumps(answer.as_json(), ensure_ascii=False) if options.json else answer.text
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
