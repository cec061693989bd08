"""From the text that a model answered with to an opinion: ids are checked, and each sentence against its entries."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from bot.advisor.grounding import is_grounded
from bot.advisor.inquiry import Inquiry
from bot.advisor.opinion import MOST_KINDS, Opinion, Sentence
from bot.advisor.prompt import MOST_SENTENCES
from bot.understanding.language import detect

MOST_ENTRIES = 3


class NonsenseError(Exception):
    """The answer is not what was asked for; it holds no word of it."""


class _Said(BaseModel):
    text: str = ""
    entries: tuple[str, ...] = ()


class _Answer(BaseModel):
    archetypes: tuple[str, ...]
    sentences: tuple[_Said, ...] = ()


def checked(answer: str, inquiry: Inquiry, model: str) -> Opinion | None:
    """What may be used of an answer; None when nothing. Raises `NonsenseError` for what is no answer."""
    said = _read(answer)
    kinds = tuple(name for name in dict.fromkeys(said.archetypes) if name in inquiry.archetypes)[:MOST_KINDS]
    sentences = tuple({sentence.text: sentence for sentence in _kept(said, inquiry)}.values())[:MOST_SENTENCES]
    return Opinion(kinds, sentences, model, inquiry.version) if kinds else None


def _read(answer: str) -> _Answer:
    # Servers that know no schema tend to fence their JSON, or to announce it.
    body = answer[answer.find("{") : answer.rfind("}") + 1]
    try:
        return _Answer.model_validate_json(body)
    except ValidationError:
        # Without the cause, which quotes the answer.
        raise NonsenseError("not the JSON that was asked for") from None


def _kept(said: _Answer, inquiry: Inquiry) -> Iterator[Sentence]:
    for sentence in said.sentences:
        text, ids = " ".join(sentence.text.split()), tuple(dict.fromkeys(sentence.entries))
        if not ids or len(ids) > MOST_ENTRIES or not {*ids} <= inquiry.entries.keys():
            continue
        if detect(text) not in (None, inquiry.language) or not is_grounded(text, ids, inquiry):
            continue
        restored = inquiry.mask.restored(text)
        if restored is not None:
            yield Sentence(restored, ids)
