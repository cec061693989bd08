"""Client names: cleaned, compared across spellings, found in sentences, and refused when they are none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.names import MAX_NAME, clean, client_name, fold, key_of, key_words, keys_in

ANY = st.text(max_size=60)
LATIN_WORD = st.text(st.characters(whitelist_categories=("Ll", "Lu"), max_codepoint=0x24F), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme   Corp ", "Acme Corp"),
        ("Acme\tCorp\r\n", "Acme Corp"),
        ("Acme\u00a0Corp", "Acme Corp"),
        ("\u202eacme\u202c", "acme"),
        ("ac\x00me\x07", "acme"),
        ("acme\ud800", "acme"),
        ("Cafe\u0301", "Café"),
        ("阿里\u3000巴巴", "阿里 巴巴"),
        ("👩\u200d🎤 Studio", "👩\u200d🎤 Studio"),
        ("", ""),
    ],
)
def test_a_name_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(ANY)
@example("acme \u200d")
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()


@given(ANY)
def test_a_clean_name_has_no_control_or_direction_characters(text: str) -> None:
    hidden = {c for c in clean(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")}
    assert hidden <= {"\u200d"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ACMÉ", "acme"),
        ("  Señor   Núñez ", "senor nunez"),
        ("ＡＣＭＥ", "acme"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("阿里", "阿里"),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_width(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY)
@example("ℌotel №1")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Acme", "ACME", "acmé", "ACME, C.A.", "Acme Inc.", "acme S.A. de C.V.", "A.C.M.E.", "ＡＣＭＥ", "Acme_Co"),
        ("Pérez y Cía", "Perez y Cia.", "Pérez", "Pérez, S.L."),
        ("Pérez y Cía", "Pérez y Cía. Ltda."),
        ("Smith and Co", "Smith and Co. Ltd."),
        ("Grupo Sur S. de R.L. de C.V.", "grupo sur"),
        ("腾讯", "腾讯有限公司", "腾讯公司", "腾讯 股份有限公司"),
        ("O'Brien", "O’Brien", "OBrien"),
        ("Acme", "𝐀𝐂𝐌𝐄"),
        ("AcmeTM", "Acme™"),
    ],
)
def test_spellings_of_one_client_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({key_of(name) for name in spellings}) == 1, [key_of(name) for name in spellings]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme", "Acme Studio"), ("Globex", "Globes"), ("华公司", "公司"), ("S.A.", "S.L."), ("🚀", "🔥")],
)
def test_different_clients_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@given(ANY.map(clean).filter(bool))
def test_every_name_that_is_not_empty_has_a_key(name: str) -> None:
    assert key_of(name)


@pytest.mark.parametrize("text", ["<@U123>", " <@U123|ana> ", "<@!99>", "<@&42>"])
def test_a_person_is_refused_as_a_client(text: str) -> None:
    with pytest.raises(UserError, match="no records about people"):
        client_name(text)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\x00\x1f", "\u200d", "\u200d \u200d", "\u202e \u202c"])
def test_a_name_without_a_visible_character_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="name is empty"):
        client_name(text)


@pytest.mark.parametrize("text", ["\u3164", "\u2800", "\u115f \ufe0f"])
def test_a_name_of_letters_that_look_like_nothing_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="name is empty"):
        client_name(text)


def test_a_name_may_have_80_characters_and_no_more() -> None:
    assert client_name("á" * MAX_NAME) == "á" * MAX_NAME
    with pytest.raises(UserError) as refusal:
        client_name("客" * (MAX_NAME + 1))
    assert refusal.value.text.values == {"count": 81, "limit": 80}


@pytest.mark.parametrize("name", ["<!channel>", "@everyone", "'; DROP TABLE clients;--", "{count}", "=1+1", "../etc"])
def test_a_hostile_name_is_just_a_name(name: str) -> None:
    assert client_name(name) == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Acme", "Acme's invoice is late"),
        ("Acme", "what about ACME?"),
        ("Acme, C.A.", "acme owes us"),
        ("O'Brien", "O’Brien’s late again"),
        ("Banco del Norte", "el banco del norte no paga"),
        ("阿里", "我们的客户阿里又不付款了"),
        ("腾讯有限公司", "腾讯拖欠三个月"),
        ("Acme", "Acme又不付款了"),
        ("Acme", "客户Acme拖欠三个月"),
        ("腾讯QQ", "我们和腾讯QQ谈过了"),
        ("C++", "the people at C++ owe us"),
    ],
)
def test_a_client_is_recognised_in_a_sentence(name: str, text: str) -> None:
    assert key_of(name) in keys_in(text)


def test_a_name_of_seven_words_is_recognised_in_a_sentence() -> None:
    name = "Asociación de Amigos del Museo del Prado"
    assert key_of(name) in keys_in(f"la {name} no paga")


@given(st.lists(LATIN_WORD, min_size=1, max_size=5).map(" ".join), st.sampled_from(["{} owes", "to {}, again", "{}"]))
def test_any_name_of_up_to_five_words_is_recognised(name: str, sentence: str) -> None:
    assert key_of(name) in keys_in(sentence.format(name))


def test_a_client_is_not_recognised_inside_another_word() -> None:
    assert key_of("Acme") not in keys_in("acmeology is a science")


def test_a_text_without_words_names_nobody() -> None:
    assert keys_in("") == []
    assert keys_in("?! …") == []


def test_no_key_of_a_text_comes_twice() -> None:
    keys = keys_in("acme acme 客户客户 acme's")
    assert len(keys) == len(set(keys))


def test_key_words_are_folded_and_without_punctuation() -> None:
    assert key_words("Acmé, S.A. (Norte)_2") == ["acme", "sa", "norte", "2"]
