"""Files: an export or a chart goes up in three steps (https://docs.slack.dev/messaging/working-with-files)."""

from __future__ import annotations

from typing import NamedTuple

import aiohttp
import structlog

from adapters.slack.api import RefusedError, SlackApi, SlackError, UnclearError
from adapters.slack.posting import Target
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Block, File, Note, Reply

INLINE = 8_000
log = structlog.get_logger(__name__)


class Upload(NamedTuple):
    """A file's name, its bytes and its text alternative."""

    name: str
    content: bytes
    alt: str = ""


class Files:
    """Uploads for one workspace."""

    def __init__(self, api: SlackApi, session: aiohttp.ClientSession) -> None:
        self._api, self._session = api, session

    async def put(self, upload: Upload, target: Target) -> None:
        """Share a file in a channel or a thread of it."""
        thread = {"thread_ts": target.thread} if target.thread else {}
        await self._complete(upload, await self._sent(upload), {"channel_id": target.channel, **thread})

    async def take(self, upload: Upload) -> str:
        """Upload a file that a message will show; its id."""
        file_id = await self._sent(upload)
        await self._complete(upload, file_id, {})
        return file_id

    async def _sent(self, upload: Upload) -> str:
        asked = {"filename": upload.name, "length": len(upload.content)}
        asked |= {"alt_txt": upload.alt[:1_000]} if upload.alt else {}
        place = await self._api.call("files.getUploadURLExternal", asked, is_safe=True)
        await self._send(place["upload_url"], upload.content)
        return str(place["file_id"])

    async def _complete(self, upload: Upload, file_id: str, where: dict[str, str]) -> None:
        await self._api.call(
            "files.completeUploadExternal", {"files": [{"id": file_id, "title": upload.name}], **where}
        )

    async def privately(self, reply: Reply, user: str, speech: Speech) -> Reply:
        """The reply with its long files handed over in a direct message; short ones stay in it."""
        blocks = [await self._handed_over(block, user, speech) for block in reply.blocks]
        return reply._replace(blocks=tuple(blocks))

    async def _handed_over(self, block: Block, user: str, speech: Speech) -> Block:
        if not isinstance(block, File) or len(block.content) <= INLINE:
            return block
        try:
            opened = await self._api.call("conversations.open", {"users": user}, is_safe=True)
            await self.put(Upload(block.name, block.content.encode()), Target(opened["channel"]["id"]))
        except SlackError as error:
            log.warning("file_refused", code=error.code)
            return Note(speech(N("I could not hand over {name}. Try again in a moment.", name=block.name)))
        return Note(speech(N("{name} is in your direct messages from me.", name=block.name)))

    async def _send(self, url: str, content: bytes) -> None:
        try:
            async with self._session.request("POST", url, data=content) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise UnclearError("upload") from error
        if status != 200:
            raise RefusedError(f"upload_{status}")
