"""`chao`: the command line and the composition root."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial

from adapters import configured, wiring
from adapters.configured import Fault
from adapters.failure import CommandFailedError
from adapters.options import parser
from adapters.output import guarded, is_of_output
from bot.crashes import logged
from bot.i18n.speech import Speech
from bot.settings import Settings


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    return guarded(partial(_main, argv))


def _main(argv: list[str] | None) -> int:
    options = parser().parse_args(argv)
    try:
        settings, faults = _configured(options)
        wiring.set_up_logs(settings.log_level)
        with asyncio.Runner(loop_factory=_loop_factory(options, settings)) as runner:
            return runner.run(_run(options, settings, faults))
    except CommandFailedError as error:
        sys.stderr.write(f"chao: {error}\n")
        return 1
    except OSError as error:
        if is_of_output(error):
            raise
        return _crashed(error, options)
    except Exception as error:  # noqa: BLE001 - a user gets a line and a reference, never a traceback
        return _crashed(error, options)


def _crashed(error: Exception, options: argparse.Namespace) -> int:
    reference = logged(error, options.command)
    sys.stderr.write(f"chao: something broke on our side; the line above has its place, reference {reference}\n")
    return 1


def _configured(options: argparse.Namespace) -> tuple[Settings, list[Fault]]:
    """The doctor alone goes on with what is set wrong, to look at the rest."""
    return configured.settings_and_faults() if options.command == "doctor" else (configured.settings(), [])


def _loop_factory(options: argparse.Namespace, settings: Settings) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster event loop for what serves many."""
    if options.command != "serve" and not (options.command == "run" and settings.has_platform):
        return None
    import uvloop

    return uvloop.new_event_loop


# A sub-command's own module is imported when it is run: no start waits for what another one needs.
async def _run(options: argparse.Namespace, settings: Settings, faults: Sequence[Fault]) -> int:
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

            return await doctor.run(settings, faults)


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
    language = wiring.default_language(settings, options.locale)
    return show(options.id, wiring.open_knowledge(settings).current(), Speech(language))


async def _chat(workspace: str, locale: str, settings: Settings) -> int:
    from adapters.chat import chat

    return await chat(workspace, locale, settings)


async def _serve(settings: Settings) -> int:
    from adapters.serve import serve

    return await serve(settings, wiring.default_language(settings))


def _slack_manifest(url: str) -> int:
    from adapters.slack.manifest import manifest
    from bot.features import registry

    sys.stdout.write(json.dumps(manifest(registry.commands(), url), indent=2, ensure_ascii=False) + "\n")
    return 0


async def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from adapters.asking import answer_once

    language = wiring.default_language(settings, options.locale)
    async with wiring.running_router(settings, language) as router:
        answer = await answer_once(router, _question(options.text), options.locale)
    if answer.is_error:
        raise CommandFailedError(" ".join(answer.text.split()))
    text = json.dumps(answer.as_json(), ensure_ascii=False) if options.json else answer.text
    sys.stdout.write(text + "\n")
    return 0


def _question(text: str) -> str:
    """The text as the command takes it; a `UserError` where it would answer with one."""
    from adapters.asking import PLACE
    from bot.events import Command, User
    from bot.features.registry import commands
    from bot.validation import checked

    return checked(commands()["ask"], Command("", User("console"), PLACE, "ask", {"question": text})).args["question"]


if __name__ == "__main__":
    sys.exit(main())
