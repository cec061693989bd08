"""What a phrase in a knowledge file finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.phrases import Phrases, phrases_of
from bot.understanding.tokens import tokens_of


def found(phrase: str, text: str) -> bool:
    return any(Phrases([("", phrase)]).spans(tokens_of(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("knows where", "He KNOWS, where"),
        ("sabe dónde", "sabe donde vivo"),
        ("sabe donde", "Sabe dónde"),
        ("can't go on", "I cant go on"),
        ("cant go on", "I can’t go on"),
        ("kill/hurt me", "he'll hurt me"),
        ("threat* me", "threatening me"),
        ("threat* me", "she threatens me"),
        ("he ... me", "he wants to see me"),
        ("he ... me", "he me"),
        ("... me", "me"),
        ("…me", "me"),
        ("打死/弄死 我", "他说弄死我"),
        ("跟踪 ... 回家", "一路跟踪我回家了"),
        ("威胁", "客戶威脅我"),
        ("活着", "活著"),
        ("你", "妳好"),
        ("hand on .. knee", "hand on knee"),
        ("hand on .. knee", "hand on our new junior's knee"),
        ("pushed our .. <staff>", "pushed our very new designer"),
        ("a la .. <staff>", "a la diseñadora"),
        ("推了 .. <staff>", "推了我们的實習生"),
        ("ok lol", "ok 😂"),
        ("ok lol", "ok jajajaja"),
        ("ok lol", "ok hahaha"),
        ("ｋｉｌｌ", "kill"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("kill me", "kill meg"),
        ("kill me", "skill me"),
        ("kill me", "kill. me"),
        ("he ... me", "he left. call me"),
        ("he ... me", "he one two three four five six seven eight me"),
        ("hand on .. knee", "hand on one two three four knee"),
        ("hand on .. knee", "hand on. knee"),
        ("pushed our .. <staff>", "pushed our deadline"),
        ("threat* me", "the reason me"),
        ("弄死 我", "弄死他"),
        ("kill/hurt me", "kill/hurt him"),
        ("!!", "!!"),
        ("", ""),
    ],
)
def test_what_only_looks_like_it_is_not(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_what_a_figure_holds_is_blanked() -> None:
    tokens = tokens_of("he kills me, haha")
    assert Phrases([("", "kills me lol"), ("x", "he")]).without(tokens, "") == ("he", "", "", "")


def test_phrases_that_a_change_of_the_knowledge_leaves_alone_are_not_made_again() -> None:
    told = (("", "kills me"), ("x", "he"))
    assert phrases_of(told) is phrases_of((*told,))
    assert phrases_of(told) is not phrases_of(told[:1])


@pytest.mark.parametrize("phrase", ["pay/pay/pay-up now", "pay-up/pay now", "pay*/pay-up now"])
def test_a_word_that_is_also_the_first_of_several_is_found_either_way(phrase: str) -> None:
    assert found(phrase, "pay now")
    assert found(phrase, "they pay up now")
    assert not found(phrase, "up now")


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_phrase_may_be_looked_for_in_any_text(phrase: str, text: str) -> None:
    assert found(phrase, text) in (True, False)
