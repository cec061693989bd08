"""Modals that are sent, and the type-ahead in them."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import structlog

from adapters.slack import limits, parse, views
from adapters.slack.answers import Answers
from adapters.slack.api import SlackError
from adapters.slack.background import within
from adapters.slack.office import Office
from adapters.slack.people import WAIT_SECONDS
from adapters.slack.render import Json
from bot.completion import client_names
from bot.crashes import logged
from bot.events import FOLLOW_UP, Asker, Submission
from bot.i18n.messages import Message, N
from bot.names import MAX_NAME, fold
from bot.reply import Note, Reply
from bot.storage.database import StorageError
from bot.wording import crash_reply

log = structlog.get_logger(__name__)


class Modals:
    """Answers what people send."""

    def __init__(self, office: Office) -> None:
        self._office, self._answers = office, Answers(office)

    async def submitted(self, body: parse.Payload, token: str | None) -> Json:
        """A modal that was sent: a mistake on its field, else the answer in the modal's place."""
        task = self._office.background.start(self._submitted(body, token), "modal")
        if await within(task, self._office.budget):
            return task.result()
        speech = self._office.speech_to(await self._office.asker(parse.interaction_source(body), token))
        self._office.background.start(self._answers.late(task, body, speech, token), "late_modal")
        return {"response_action": "update", "view": views.waiting_view(speech)}

    async def suggested(self, body: parse.Payload, token: str | None) -> Json:
        """Known clients for what was typed, and what was typed itself as a new one."""
        typed = str(body.get("value") or "").strip()
        asker = await self._office.asker(parse.interaction_source(body), token)
        names = await self._known(asker, typed)
        options = [views.suggestion(name, name) for name in names]
        if typed and fold(typed) not in map(fold, names):
            options.append(views.suggestion(self._office.speech_to(asker)(_as_new(typed)), typed))
        return {"options": options}

    async def _known(self, asker: Asker, typed: str) -> list[str]:
        try:
            return await client_names(self._office.router, asker, typed, limits.OPTIONS - 1)
        except StorageError as error:
            # What was typed can still be chosen.
            log.warning("no_suggestions", reason=error.reason)
            return []

    async def _submitted(self, body: parse.Payload, token: str | None) -> Json:
        """The answer to a modal; a bug keeps it open with a reference, for one that closes seems to have worked."""
        source = parse.interaction_source(body)
        asker = await self._office.asker(source, token)
        try:
            return await self._submit(body, source, asker, token)
        except Exception as error:  # noqa: BLE001 - who sent a modal gets a reference, not silence
            speech = self._office.speech_to(asker)
            view = views.reply_view(crash_reply(logged(error, "modal"), speech), speech)
            return {"response_action": "update", "view": view}

    async def _submit(self, body: parse.Payload, source: parse.Source, asker: Asker, token: str | None) -> Json:
        origin = parse.origin_of(body["view"])
        if origin.is_public:
            asker = await self._office.in_public(asker, source, token)
        evidence, is_gone = await self._evidence(body, origin, token)
        event = parse.submission(body, asker, evidence)
        if event.form != FOLLOW_UP and event.form not in self._office.router.commands:
            log.warning("unknown_form", user=source.user)
        reply = await self._office.router.dispatch(event)
        if reply is None:
            return {"response_action": "clear"}
        if reply.is_error and event.fields:
            return views.errors(reply, event.fields)
        if is_gone:
            gone = N("The message is no longer there, so no link to it is kept.")
            reply = reply._replace(blocks=(*reply.blocks, Note(self._office.speech(reply)(gone))))
        if self._is_for_all(event, reply):
            return await self._answers.in_thread(reply, source, event.id, token)
        metadata = origin._replace(team=source.team).as_metadata()
        view = views.reply_view(reply, self._office.speech(reply), metadata)
        return {"response_action": "update", "view": view}

    def _is_for_all(self, event: Submission, reply: Reply) -> bool:
        return not (reply.is_error or self._office.router.is_private(event))

    async def _evidence(self, body: parse.Payload, origin: parse.Origin, token: str | None) -> tuple[str, bool]:
        """The link to the message that a form was opened on, and whether the message is gone."""
        if not origin.message:
            return "", False
        params = {"channel": origin.channel, "message_ts": origin.message}
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                answer = await self._office.api(token).once("chat.getPermalink", params)
        except (SlackError, TimeoutError) as error:
            code = getattr(error, "code", "timeout")
            log.info("no_permalink", code=code, channel=origin.channel)
            is_gone = code == "message_not_found"
            return "" if is_gone else parse.permalink(body, origin, self._host), is_gone
        return str(answer.get("permalink", "")), False

    @property
    def _host(self) -> str:
        """Where workspaces live: GovSlack has a host of its own, a proxy of the Web API has none."""
        host = urlsplit(self._office.base_url).hostname or ""
        return host if host == "slack-gov.com" else "slack.com"


def _as_new(typed: str) -> Message:
    """What it means to choose a name that nobody bears; one that is too long may be chosen: the form says why not."""
    if len(typed) > MAX_NAME:
        return N("Too long for a client's name: {limit} characters are the most", limit=MAX_NAME)
    return N("“{name}” is a new client", name=typed)
