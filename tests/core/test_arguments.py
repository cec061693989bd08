"""The grammar of a command line: quotes of every kind, names of several words, the rest of the line."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arguments import QUOTES, Kind, Kinds, Param, bind, quoted, split, unquoted
from bot.i18n.messages import N

KNOWN = ("mala-paga", "bad payer", "does not pay on time", "拖欠款")
CLIENT = Param("client", Kind.CLIENT, N("the client's name"))
ARCHETYPE = Param("archetype", Kind.ARCHETYPE, N("the kind"))
REASON = Param("reason", Kind.TEXT, N("why"), is_required=False)
FLAG = (CLIENT, ARCHETYPE, REASON)
RESOLVE = (CLIENT, Param("archetype", Kind.ARCHETYPE, N("the kind"), is_required=False), REASON)
ADVICE = (Param("subject", Kind.SUBJECT, N("whom")), REASON)
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="".join([*QUOTES, *QUOTES.values()])), min_size=1)


def _is_known(word: str) -> bool:
    return word.casefold() in KNOWN


KINDS = Kinds(_is_known)


def flagged(line: str) -> dict[str, str]:
    return dict(bind(FLAG, line, KINDS))


def test_words_become_named_arguments_and_the_last_takes_the_rest() -> None:
    assert flagged("acme mala-paga inv 104,  20 days") == {
        "client": "acme",
        "archetype": "mala-paga",
        "reason": "inv 104,  20 days",
    }


@pytest.mark.parametrize("line", ["", "   ", "\t\n", "\u3000"])
def test_an_empty_line_has_no_arguments(line: str) -> None:
    assert flagged(line) == {}


def test_what_the_line_does_not_reach_is_absent() -> None:
    assert flagged("acme") == {"client": "acme"}
    assert flagged("acme mala-paga  ") == {"client": "acme", "archetype": "mala-paga"}


@pytest.mark.parametrize("opening", list(QUOTES))
def test_a_name_with_spaces_may_stand_in_any_quotes(opening: str) -> None:
    line = f"{opening}Acme Corp{QUOTES[opening]} mala-paga {opening}inv 104{QUOTES[opening]}"
    assert flagged(line) == {"client": "Acme Corp", "archetype": "mala-paga", "reason": "inv 104"}


@pytest.mark.parametrize("opening", list(QUOTES))
def test_a_quote_that_is_never_closed_is_an_ordinary_character(opening: str) -> None:
    assert flagged(f"{opening}acme mala-paga x")["client"] == f"{opening}acme"


def test_an_apostrophe_inside_a_quoted_name_does_not_end_it() -> None:
    assert flagged("'Levi's Spain' mala-paga")["client"] == "Levi's Spain"


def test_an_apostrophe_inside_a_name_in_smart_quotes_does_not_end_it() -> None:
    assert flagged("‘Levi’s Spain’ mala-paga") == {"client": "Levi’s Spain", "archetype": "mala-paga"}


def test_smart_quotes_close_even_when_the_next_word_is_glued_to_them() -> None:
    assert flagged("「阿里云」拖欠款 没付") == {"client": "阿里云", "archetype": "拖欠款", "reason": "没付"}


def test_full_width_spaces_separate_words() -> None:
    assert flagged("阿里\u3000拖欠款\u3000没付") == {"client": "阿里", "archetype": "拖欠款", "reason": "没付"}


def test_an_empty_name_in_quotes_counts_as_not_given() -> None:
    assert flagged('"" mala-paga') == {"archetype": "mala-paga"}


@pytest.mark.parametrize("name", ["bad payer", "Bad Payer", "does not pay on time", "“bad payer”"])
def test_an_archetype_of_several_words_needs_no_quotes(name: str) -> None:
    found = flagged(f"acme {name} again")
    assert (found["archetype"].casefold(), found["reason"]) == (name.strip("“”").casefold(), "again")


def test_an_unknown_archetype_is_one_word_so_that_the_error_can_name_it() -> None:
    assert flagged("acme mala-pag inv 104") == {"client": "acme", "archetype": "mala-pag", "reason": "inv 104"}


def test_an_optional_archetype_that_is_none_leaves_its_words_to_the_note() -> None:
    assert bind(RESOLVE, "acme paid it all", KINDS) == {"client": "acme", "reason": "paid it all"}
    assert bind(RESOLVE, "acme bad payer paid", KINDS) == {"client": "acme", "archetype": "bad payer", "reason": "paid"}


def test_a_subject_is_an_archetype_or_else_one_client_name() -> None:
    assert bind(ADVICE, "bad payer what now", KINDS) == {"subject": "bad payer", "reason": "what now"}
    assert bind(ADVICE, '"Acme Corp" what now', KINDS) == {"subject": "Acme Corp", "reason": "what now"}


@pytest.mark.parametrize("text", ['"a" and "b"', "say «no» now", '"unclosed', "'tis late"])
def test_quotes_that_do_not_hold_the_whole_last_argument_stay(text: str) -> None:
    assert unquoted(text) == text
    assert flagged(f"acme mala-paga {text}")["reason"] == text


def test_the_whole_last_argument_may_be_quoted() -> None:
    assert unquoted("«factura 104»") == "factura 104"
    assert unquoted("") == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Acme", "Acme"),
        ("O'Brien", "O'Brien"),
        ("Acme Corp", '"Acme Corp"'),
        ('Acme "Best" Co', "'Acme \"Best\" Co'"),
        ('"Best"', "'\"Best\"'"),
        ("「阿里」", '"「阿里」"'),
        ("'s", "'s"),
        ("", '""'),
    ],
)
def test_a_name_is_written_in_quotes_only_where_it_needs_them(name: str, written: str) -> None:
    assert quoted(name) == written


@given(st.text(st.sampled_from("ab\"'“«「 "), min_size=1).map(str.strip))
def test_a_name_written_as_it_must_be_is_read_back(name: str) -> None:
    if all(opening in name for opening in ('"', "'", "“", "«", "「")):
        return
    assert [word.value for word in split(f"{quoted(name)} next")] == [name, "next"]


def test_a_name_that_holds_every_quote_is_written_as_it_stands() -> None:
    name = f"a {''.join(QUOTES)}"
    assert quoted(name) == name


def test_splitting_stops_at_the_limit() -> None:
    assert [word.value for word in split("a b c d", 2)] == ["a", "b"]


@given(PLAIN.filter(str.strip), st.sampled_from(list(QUOTES)), st.sampled_from(["mala-paga", "bad payer"]))
def test_any_name_in_quotes_comes_through_as_it_is(name: str, opening: str, archetype: str) -> None:
    found = flagged(f"{opening}{name}{QUOTES[opening]} {archetype} because")
    assert found == {"client": name, "archetype": archetype, "reason": "because"}


@given(st.text(st.sampled_from("ab\"' «»“”‘’「」\n\u3000")), st.none() | st.integers(0, 4))
def test_every_character_that_is_no_space_belongs_to_one_word(text: str, limit: int | None) -> None:
    words = split(text, limit)
    ends = [0, *(word.end for word in words)]
    assert all(before <= word.start < word.end for before, word in zip(ends, words, strict=False))
    assert all(word.value in text[word.start : word.end] for word in words)
    gaps = [text[end : word.start] for end, word in zip(ends, words, strict=False)]
    assert not "".join(gaps).strip()
    if limit is None:
        assert not text[ends[-1] :].strip()


@given(st.text(max_size=300))
def test_whatever_is_typed_after_the_archetype_is_the_reason(reason: str) -> None:
    found = bind((CLIENT, REASON), f"acme {reason}", KINDS)
    assert found.get("reason", "") == unquoted(reason.strip())


@pytest.mark.parametrize("line", ["'a " * 33_000, '"' * 100_000, "« " * 50_000, " " * 100_000 + "x"])
def test_a_line_of_100_000_characters_is_bound_at_once(line: str) -> None:
    began = perf_counter()
    assert flagged(line)["client"]
    assert perf_counter() - began < 5


def test_a_pasted_line_full_of_apostrophes_is_split_at_once() -> None:
    began = perf_counter()
    assert len(split("'a " * 2_500)) == 2_500
    assert perf_counter() - began < 0.3
