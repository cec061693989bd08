"""`chao doctor` for the optional language model: does it answer a made-up question as asked, and soon enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

from adapters.failure import CommandFailedError
from adapters.llm import HttpModel, opened_model
from bot.advisor.advisor import SECONDS, ModelError
from bot.advisor.answer import NonsenseError, checked
from bot.advisor.inquiry import Inquiry, Notes, inquired
from bot.advisor.prompt import prompt_for
from bot.knowledge.loader import load
from bot.settings import Settings

Finding = tuple[bool, str, str]
QUESTION = "September, he promised. The tree is up, and now they'd like a second website."
NOT_JSON = "it did not answer with the JSON that was asked for: choose a model that follows a JSON schema"
ADVICE = {
    "status 401": "set CHAO_LLM_KEY to a key that it takes",
    "status 403": "set CHAO_LLM_KEY to a key that it takes",
    "status 404": "look at CHAO_LLM_URL, which ends before /chat/completions, and whether it has CHAO_LLM_MODEL",
}


async def findings(settings: Settings, seconds: float = SECONDS) -> AsyncIterator[Finding]:
    """One finding; nothing of any team is sent."""
    try:
        async with opened_model(settings) as model:
            yield await _asked(model, seconds)
    except CommandFailedError as error:
        yield False, "model", str(error)


async def _asked(model: HttpModel, seconds: float) -> Finding:
    what, started = f"model {model.name} at {model.host}", perf_counter()
    inquiry = _made_up()
    try:
        async with asyncio.timeout(seconds):
            answer = await model.complete(prompt_for(inquiry))
        is_good = checked(answer, inquiry, model.name) is not None
    except TimeoutError:
        return False, what, f"too slow: people get the plain answer after {seconds:g} s; choose a smaller model"
    except ModelError as error:
        return False, what, ADVICE.get(str(error), str(error))
    except NonsenseError:
        return False, what, NOT_JSON
    return is_good, what, f"answered in {perf_counter() - started:.1f} s" if is_good else NOT_JSON


def _made_up() -> Inquiry:
    knowledge = load(None)
    return inquired(QUESTION, [*knowledge.archetypes][:3], (), Notes(knowledge, "en"))
