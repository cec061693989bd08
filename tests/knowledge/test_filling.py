"""Every script of every playbook, in every tone, channel and language, fills without a gap left, whatever is known."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.scripts import GAP, Filler, script
from bot.i18n.speech import Speech
from bot.knowledge.checks import BUILT_IN
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import CHANNELS, LANGUAGES, TONES, Channel, Language, Tone
from bot.understanding.workdays import business_day
from tests.support import START, our_knowledge

KNOWN = {
    "greeting": "Ana",
    "sender": "Luis",
    "client": "Acme, C.A.",
    "project": "Web",
    "invoice": "104",
    "amount": "€1,200",
    "rest": "€600",
    "days": "20",
    "rate": "60 €/h",
    "hours": "9-18",
    "promised": "Friday 27 November",
}
TODAY = START.date()
HOSTILE = (
    "{amount}", "{value}", "{}", "{0}", "{{", "%s", "\\1", "\\g<0>", "None", "a  b", "<!channel>", "@everyone",
    "x" * 3_000, "拖欠款", "\u202eevil", "🙃", "'", '"', "line\nbreak",
)  # fmt: skip
LEFT_OVER = re.compile(r"[{}]|\bNone\b|  | [,.;:!?，。；：！？]|[,，][,，]|[:：][,，]|\$$")


def _filler(language: Language, values: dict[str, str], today: date = TODAY) -> Filler:
    return Filler(our_knowledge().current(), Speech(language), values, today)


def _words(archetype: str, language: Language, channel: Channel, tone: Tone) -> tuple[str, str]:
    found = script(our_knowledge().current().playbook(archetype, language), tone, channel)
    assert found
    assert found[1] == f"say.{channel}.{tone}"
    return found


@pytest.fixture
def knowledge() -> Knowledge:
    return our_knowledge().current()


def test_the_values_that_can_be_known_are_all_of_them(knowledge: Knowledge) -> None:
    entries = knowledge.placeholders.values()
    dates, told = (
        {entry.id for entry in entries if entry.business_days},
        {entry.id for entry in entries if entry.told},
    )
    assert set(KNOWN) | dates | told == set(knowledge.placeholders)


@pytest.mark.parametrize("values", [KNOWN, {}], ids=["all known", "none known"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_news_go_out_without_a_hole_in_them(
    language: Language, values: dict[str, str], knowledge: Knowledge
) -> None:
    for intent in knowledge.intents.values():
        for words in (intent.say, *intent.insist.values()) if intent.say else ():
            told = knowledge.told(language, ["delivered"] if values else [])
            filled = _filler(language, values).fill(told.text(words[language]), "say")
            assert LEFT_OVER.search(filled.text) is None, filled.text


@pytest.mark.parametrize("values", [KNOWN, {}], ids=["all known", "none known"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("archetype", BUILT_IN)
def test_a_script_goes_out_without_a_hole_in_it(archetype: str, language: Language, values: dict[str, str]) -> None:
    for channel, tone in ((channel, tone) for channel in CHANNELS for tone in TONES):
        words, entry = _words(archetype, language, channel, tone)
        filled = _filler(language, values).fill(words, entry)
        assert LEFT_OVER.search(filled.text) is None, filled.text
        assert filled.entry == entry
        wanted = {name for name in GAP.findall(words) if name in KNOWN}
        assert set(filled.missing) == (set() if values else wanted)
        assert all(KNOWN[name] in filled.text for name in wanted if values)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_value_stands_in_a_script_as_it_is_and_changes_nothing_else(language: Language, value: str) -> None:
    marks = {name: f"⟦{name}⟧" for name in KNOWN}
    for archetype in BUILT_IN:
        for words, entry in (_words(archetype, language, channel, tone) for channel in CHANNELS for tone in TONES):
            filled = _filler(language, dict.fromkeys(KNOWN, value)).fill(words, entry).text
            marked = _filler(language, marks).fill(words, entry).text
            assert filled == re.sub("⟦.*?⟧", lambda _: value, marked)


@given(
    st.dictionaries(st.sampled_from(sorted(KNOWN)), st.text(min_size=1)), st.dates(date(2026, 1, 1), date(2030, 1, 1))
)
def test_whatever_is_known_a_letter_holds_it_and_no_gap_of_its_own(values: dict[str, str], today: date) -> None:
    words, entry = _words("mala-paga", "en", "email", "firm")
    filled = _filler("en", values, today).fill(words, entry)
    assert set(filled.missing) == {name for name in GAP.findall(words) if name in KNOWN} - set(values)
    used = [values[name] for name in GAP.findall(words) if name in values]
    assert filled.text.count("{") == sum(value.count("{") for value in used)
    assert all(value in filled.text for value in used)


def test_what_is_missing_is_named_once_and_in_the_order_of_the_letter() -> None:
    filled = _filler("en", {"amount": "5 €"}).fill("{invoice} {amount} {client} {invoice} {in_2_days}", "x")
    assert filled.missing == ("invoice", "client")


def test_a_value_that_is_empty_still_leaves_no_gap() -> None:
    assert "{" not in _filler("es", dict.fromkeys(KNOWN, "")).fill("{greeting} {amount}", "x").text


@pytest.mark.parametrize(("language", "label"), [("es", "factura"), ("en", "invoice"), ("zh", "发票号")])
def test_a_value_is_asked_for_by_its_label(language: Language, label: str) -> None:
    assert _filler(language, {}).label("invoice") == label


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "jueves 26 de noviembre"), ("en", "Thursday 26 November"), ("zh", "11月26日（星期四）")],
)
def test_a_term_is_a_date_in_words(language: Language, words: str) -> None:
    assert _filler(language, {}).fill("{in_2_days}", "x").text == words


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_a_term_ends_on_a_working_day_after_that_many_of_them(today: date, days: int) -> None:
    end = business_day(today, days)
    between = [today + timedelta(days=n) for n in range(1, (end - today).days + 1)]
    assert end.weekday() < 5
    assert sum(day.weekday() < 5 for day in between) == days
