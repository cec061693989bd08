"""Weekly summaries on Slack: posted once, with their picture, and looked for by their marker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from adapters.slack.api import RateLimitedError, RefusedError, SlackApi, SlackError, UnclearError, UnreachableError
from adapters.slack.files import Files, Upload
from adapters.slack.office import Office
from adapters.slack.people import is_open
from adapters.slack.posting import Target, marked
from adapters.slack.render import Json, message
from bot.delivery import poster
from bot.events import Place
from bot.records import Fault
from bot.reply import Picture, Reply

Token = Callable[[str], Awaitable[str | None]]
AGAIN_SECONDS = 30.0
# What nobody but the channel's own people can mend (https://docs.slack.dev/reference/methods/chat.postMessage).
_GONE = ("channel_not_found", "is_archived", "not_in_channel")
_FORBIDDEN = (
    "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel", "restricted_action_thread_locked", "channel_is_limited_access",
    "missing_scope", "no_permission", "ekm_access_denied", "posting_to_channel_denied",
)  # fmt: skip
log = structlog.get_logger(__name__)


class SlackPoster:
    """Posts for every workspace; `token` finds the token of one by its key."""

    def __init__(self, office: Office, token: Token) -> None:
        self._office, self._token = office, token

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """Post for all to see, the picture in the message, or in its thread where Slack has not taken it in yet."""
        token = await self._known_token(place.workspace)
        await _check_readers(self._office.api(token), place.channel)
        target = Target(place.channel, place.thread)
        try:
            return await self._post(target, reply, marker, token)
        except SlackError as error:
            raise _meaning(error) from error

    async def find(self, place: Place, marker: str) -> str | None:
        """The `ts` of the bot's message with this marker."""
        token = await self._known_token(place.workspace)
        try:
            return await self._office.posting(token).find(Target(place.channel, place.thread), marker)
        except SlackError as error:
            raise _meaning(error) from error

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """A direct message."""
        api = self._office.api(await self._known_token(workspace))
        drawn = message(reply, self._office.speech(reply), is_private=False)
        try:
            await api.call("chat.postMessage", {"channel": user, **drawn})
        except SlackError as error:
            raise _meaning(error) from error

    async def _known_token(self, workspace: str) -> str:
        token = await self._token(workspace)
        if token is None:
            raise poster.RetryLaterError(AGAIN_SECONDS)
        return token

    async def _post(self, target: Target, reply: Reply, marker: str, token: str) -> str:
        api, pictures = self._office.api(token), [block for block in reply.blocks if isinstance(block, Picture)]
        files = Files(api, self._office.session)
        plain = message(_without_pictures(reply), self._office.speech(reply), is_private=False)
        if not (images := await _images(files, pictures)):
            return await self._send(api, target, plain, marker)
        try:
            return await self._send(api, target, {**plain, "blocks": [*plain["blocks"], *images]}, marker)
        except RefusedError as refused:
            if refused.code not in ("invalid_blocks", "invalid_blocks_format"):
                raise
        ts = await self._send(api, target, plain, marker)
        await _hang_below(files, pictures, Target(target.channel, target.thread or ts))
        return ts

    async def _send(self, api: SlackApi, target: Target, drawn: Json, marker: str) -> str:
        await self._office.pace.turn(target.channel)
        posted = await api.once("chat.postMessage", marked(target, drawn, marker))
        return str(posted.get("ts", ""))


async def _check_readers(api: SlackApi, channel: str) -> None:
    """Raises where outsiders read: a channel can be shared after its summary was planned, so nothing is remembered."""
    try:
        answer = await api.once("conversations.info", {"channel": channel})
    except RefusedError as refused:
        if refused.code in _GONE:
            raise _meaning(refused) from refused
        # Who may not ask posts all the same: the words were allowed when they were planned.
        log.info("readers_unknown", code=refused.code, channel=channel)
        return
    except SlackError as error:
        # Nothing is posted yet, so nothing is in doubt.
        raise poster.RetryLaterError(getattr(error, "seconds", AGAIN_SECONDS)) from error
    if is_open(answer.get("channel") or {}):
        raise poster.UnreachableError(Fault.SHARED)


async def _images(files: Files, pictures: list[Picture]) -> list[Json]:
    """The pictures as blocks, once Slack has them; none where it does not take them: the words are what matters."""
    try:
        return [_image(await files.take(_upload(picture)), picture) for picture in pictures]
    except (RefusedError, UnclearError) as error:
        log.warning("picture_refused", code=error.code)
        return []


async def _hang_below(files: Files, pictures: list[Picture], target: Target) -> None:
    """Put the pictures under the words, which are there: whatever happens, they must not be posted again."""
    try:
        for picture in pictures:
            await files.put(_upload(picture), target)
    except SlackError as error:
        log.warning("picture_refused", code=error.code)


def _without_pictures(reply: Reply) -> Reply:
    return reply._replace(blocks=tuple(block for block in reply.blocks if not isinstance(block, Picture)))


def _upload(picture: Picture) -> Upload:
    return Upload(picture.name, picture.png, picture.alt)


def _image(file_id: str, picture: Picture) -> Json:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": picture.alt[:2_000] or picture.name}


def _meaning(error: SlackError) -> Exception:
    match error:
        case RateLimitedError():
            return poster.RetryLaterError(error.seconds)
        case UnreachableError():
            return poster.RetryLaterError(AGAIN_SECONDS)
        case UnclearError():
            return poster.UnknownOutcomeError(error.code)
        case _:
            log.info("summary_refused", code=error.code)
            return _refusal(error.code)


def _refusal(code: str) -> poster.RefusedError:
    """A token that is no good, or anything unknown, says nothing of the channel: it is tried again."""
    if code in _GONE:
        return poster.UnreachableError(Fault.GONE)
    return poster.UnreachableError(Fault.FORBIDDEN) if code in _FORBIDDEN else poster.RefusedError(code)
