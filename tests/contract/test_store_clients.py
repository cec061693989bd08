"""Names on the store: found in any spelling, nearly right, given anew and joined."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.names import key_of
from bot.storage.clients import NameTakenError
from bot.storage.store import Store
from tests.contract.teams import Member, RefusedError, finds, flags, known, merges, notes, renames, sets
from tests.support import EXAMPLES

NAMES = ("Acme", "Banco Norte", "Café Olé", "Ñandú 24", "宏达科技", "Coca-Cola", "O'Neill & Sons")
TAILS = ("", ", C.A.", " S.L.", " Ltd", " Inc.", " GmbH", " S.A. de C.V.")
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


HABITS = (str.upper, str.lower, str.title, str.swapcase, _wide, _bare)
FORMS = (lambda name: unicodedata.normalize("NFD", name), lambda name: f"  {name.replace(' ', '   ')} ")


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and another way in which somebody writes it."""
    name = draw(st.sampled_from(NAMES))
    spelt = draw(st.sampled_from(HABITS))(name) + draw(st.sampled_from(TAILS))
    return name, draw(st.sampled_from(FORMS))(spelt)


@SHARED
@given(spellings())
async def test_a_client_is_found_in_any_spelling(ana: Member, spelling: tuple[str, str]) -> None:
    name, written = spelling
    await ana.does(flags(name))
    found = await ana.sees(lambda store: known(store, written))
    assert found.name == name


@SHARED
@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
async def test_any_two_names_are_one_client_just_when_they_share_a_key(ana: Member, one: str, other: str) -> None:
    assume(not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in one + other))

    def both(store: Store) -> tuple[int, int]:
        first = (store.clients.find(one) or store.clients.create(one)).id
        return first, (store.clients.find(other) or store.clients.create(other)).id

    ids = await ana.does(both)
    assert (ids[0] == ids[1]) == (key_of(one) == key_of(other))


async def test_a_name_that_was_never_given_is_nobodys(ana: Member) -> None:
    assert await ana.sees(lambda store: store.clients.find("acme")) is None
    assert await ana.sees(lambda store: store.clients.by_id(1)) is None
    assert await ana.sees(lambda store: store.clients.near("acme")) == []
    assert await ana.sees(lambda store: store.clients.mentioned("acme")) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Banco Nrote", "Banco Norte"), ("banko norte", "Banco Norte"), ("Acmme", "Acme"), ("BANCO NORT", "Banco Norte")],
)
async def test_a_slip_of_the_hand_finds_what_was_meant(ana: Member, written: str, meant: str) -> None:
    for name in NAMES:
        await ana.does(flags(name))
    near = await ana.sees(lambda store: store.clients.near(written))
    assert [client.name for client in near] == [meant]


async def test_two_numbers_are_two_clients_and_never_a_slip(ana: Member) -> None:
    for number in range(1, 40):
        await ana.does(flags(f"Proyecto {number}"))
    assert await ana.sees(lambda store: store.clients.near("Proyecto 40")) == []
    near = await ana.sees(lambda store: store.clients.near("Proyetco 31"))
    assert [client.name for client in near] == ["Proyecto 31"]


async def test_the_nearest_come_first_each_once_and_three_at_most(ana: Member) -> None:
    for name in ("globex north", "globex norte", "globex nord", "globex nords", "globex norths", "initech"):
        await ana.does(flags(name))
    await ana.does(merges("globex norte", "globex north"))
    near = await ana.sees(lambda store: store.clients.near("globex northe"))
    assert [client.name for client in near] == ["globex north", "globex norths", "globex nord"]


async def test_clients_are_listed_in_the_order_in_which_they_came_and_names_in_the_alphabets(ana: Member) -> None:
    for name in ("zeta", "acme", "globex"):
        await ana.does(flags(name))
    await ana.does(renames("zeta", "beta"))
    assert [client.name for client in await ana.sees(lambda store: store.clients.every())] == ["beta", "acme", "globex"]
    names = await ana.sees(lambda store: store.clients.names())
    assert [name for name, _ in names] == ["acme", "beta", "globex", "zeta"]
    assert await ana.sees(lambda store: len(store.clients.every())) == 3


async def test_a_renamed_client_answers_to_both_names_and_goes_by_the_new(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(renames("ACME", "Zeta"))
    for name in ("acme", "zeta"):
        client = await ana.sees(finds(name))
        assert (client.name, client.names) == ("Zeta", ("acme",))
    await ana.does(renames("zeta", "acme"))
    client = await ana.sees(lambda store: known(store, "zeta"))
    assert (client.name, client.names) == ("acme", ("Zeta",))


async def test_another_spelling_of_the_own_name_takes_the_place_of_the_old_one(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(renames("acme", "ACME, C.A."))
    client = await ana.sees(lambda store: known(store, "acme"))
    assert (client.name, client.names) == ("ACME, C.A.", ())
    assert await ana.sees(lambda store: store.clients.names()) == [("ACME, C.A.", client.id)]


async def test_a_name_that_another_bears_is_refused_and_changes_nothing(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    before = await ana.stored()
    with pytest.raises(RefusedError):
        await ana.does(renames("acme", "GLOBEX, C.A."))
    with pytest.raises(NameTakenError) as refused:
        await ana.does(lambda store: store.clients.rename(known(store, "acme"), "Globex"))
    assert refused.value.owner.name == "globex"
    assert await ana.stored() == before


async def test_merged_clients_are_one_with_all_flags_notes_names_and_threads(ana: Member) -> None:
    await ana.does(flags("acme", reason="inv 1"))
    await ana.does(notes("acme", "old"))
    await ana.does(flags("Globex", reason="inv 2"))
    await ana.does(renames("acme", "Acme Studio"))
    await ana.does(merges("acme", "globex"))
    for name in ("acme", "acme studio", "globex"):
        client = await ana.sees(finds(name))
        assert (client.name, client.names) == ("Globex", ("acme", "Acme Studio"))
    reasons = await ana.sees(lambda store: [flag.reason for flag in store.flags.of_client(client.id)])
    remarks = await ana.sees(lambda store: [note.text for note in store.flags.notes(client.id)])
    assert (reasons, remarks) == (["inv 1", "inv 2"], ["old"])
    assert len(await ana.sees(lambda store: store.clients.every())) == 1


async def test_names_that_a_merge_brought_together_clash_no_more(ana: Member) -> None:
    await ana.does(flags("Acme Studio"))
    await ana.does(flags("acme"))
    with pytest.raises(RefusedError):
        await ana.does(renames("Acme Studio", "ACME"))
    await ana.does(merges("acme", "Acme Studio"))
    await ana.does(renames("Acme Studio", "ACME"))
    client = await ana.sees(lambda store: known(store, "acme studio"))
    assert client.name == "ACME"
    assert "Acme Studio" in client.names


async def test_a_client_that_is_no_longer_there_is_not_merged_again(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    gone = await ana.sees(lambda store: known(store, "acme"))
    await ana.does(merges("acme", "globex"))
    before = await ana.stored()
    with pytest.raises(LookupError):
        await ana.does(lambda store: store.clients.merge(gone, known(store, "globex")))
    assert await ana.stored() == before


async def test_an_id_that_was_once_a_clients_is_never_anothers(ana: Member) -> None:
    await ana.does(flags("globex"))
    await ana.does(flags("acme"))
    merged = await ana.sees(lambda store: known(store, "acme").id)
    await ana.does(merges("acme", "globex"))
    await ana.does(flags("initech"))
    assert await ana.sees(lambda store: store.clients.by_id(merged)) is None


async def test_a_setting_is_no_client(ana: Member) -> None:
    await ana.does(sets("country", "ES"))
    assert await ana.sees(lambda store: store.clients.every()) == []
