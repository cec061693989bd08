"""The first firm letter on a late payment said "I wrote to you", though nobody had told of an earlier one."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.schema import LANGUAGES, Language
from tests.support import our_knowledge

EARLIER = re.compile(r"I wrote to you|reminded you|recordatorio anterior|te escribí|问过|提醒过|沟通过|发过")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_firm_letter_speaks_of_no_earlier_one(language: Language) -> None:
    say = our_knowledge().current().playbook("mala-paga", language).say
    assert not EARLIER.search(say.email["firm"].body)
    assert not EARLIER.search(say.chat["firm"])
