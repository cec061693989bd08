"""A language model behind an OpenAI-compatible server: `POST {url}/chat/completions` with a JSON schema.

https://platform.openai.com/docs/api-reference/chat; Ollama, vLLM, llama.cpp and LM Studio speak the same.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from adapters.failure import CommandFailedError
from bot.advisor.advisor import Advisor, ModelError
from bot.advisor.prompt import Prompt
from bot.settings import Settings

MOST_BYTES, MOST_TOKENS = 64_000, 700
WRONG = (
    "CHAO_LLM_URL is not understood: write what stands before /chat/completions, as http://localhost:11434/v1, without "
    "a key, which goes into CHAO_LLM_KEY"
)
NO_NAME = "CHAO_LLM_URL is set, so CHAO_LLM_MODEL must be too: the model's name, as the server knows it"


class HttpModel:
    """One model of one server."""

    def __init__(self, session: aiohttp.ClientSession, url: str, name: str, key: str = "") -> None:
        self._session, self._url, self._name = session, f"{url.rstrip('/')}/chat/completions", name
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    @property
    def name(self) -> str:
        """As the server knows it."""
        return self._name

    @property
    def host(self) -> str:
        """The server."""
        return host_of(self._url)

    async def complete(self, prompt: Prompt) -> str:
        """The text of the first answer. Raises `ModelError`; how long it may take is the caller's to say."""
        try:
            body = await self._posted(_request(self._name, prompt))
        except aiohttp.ClientError as error:
            raise ModelError(f"not reached ({type(error).__name__})") from None
        try:
            content = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            raise ModelError("not an answer as of /chat/completions") from None
        if not isinstance(content, str):
            raise ModelError("an answer without text")
        return content

    async def _posted(self, request: Mapping[str, Any]) -> bytes:
        # No redirects: what is sent goes to the server that the settings name, and to no other.
        async with self._session.post(self._url, json=request, headers=self._headers, allow_redirects=False) as answer:
            if answer.status != 200:
                raise ModelError(f"status {answer.status}")
            body = b""
            async for chunk in answer.content.iter_chunked(MOST_BYTES):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise ModelError("an answer without end")
            return body


def _request(name: str, prompt: Prompt) -> Mapping[str, Any]:
    schema = {"name": "opinion", "strict": True, "schema": prompt.schema}
    return {
        "model": name,
        "messages": [{"role": "system", "content": prompt.rules}, {"role": "user", "content": prompt.data}],
        "response_format": {"type": "json_schema", "json_schema": schema},
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "stream": False,
    }


def host_of(url: str) -> str:
    """`host:port` of an address."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname or "")


@asynccontextmanager
async def opened_model(settings: Settings) -> AsyncIterator[HttpModel]:
    """The model that the settings name. Raises `CommandFailedError` for settings that name none."""
    url = settings.llm_url.strip()
    if not is_address(url):
        raise CommandFailedError(WRONG)
    if not settings.llm_model:
        raise CommandFailedError(NO_NAME)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
        yield HttpModel(session, url, settings.llm_model, settings.secret("llm_key"))


@asynccontextmanager
async def opened_advisor(settings: Settings) -> AsyncIterator[Advisor]:
    """What asks that model."""
    async with opened_model(settings) as model:
        yield Advisor(model)


def is_address(url: str) -> bool:
    """Whether a model's server can be there."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False
