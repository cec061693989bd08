"""What is said of a database's address: who and where, never a part of the password, however it was written."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.wiring import complaint
from bot.storage.copying import NotCopiedError, copied
from bot.storage.database import UNREACHABLE, StorageError
from bot.storage.location import ENCODE, located

SHOWN = "postgresql://chao@db.example.com:5433/team"
NASTY = ("p/w:rd1", "12/34x", "p#ssw", "12#34x", "p?ssw", "p@ss/w", "[geheim", "a:b@c?d", "a?password=b@c", "p%2", "℀x")
PASSWORDS = st.text(min_size=3) | st.text("/#?@:[]&=%a1", min_size=3) | st.sampled_from(NASTY)


def _parts(password: str) -> set[str]:
    """Every run of three characters, as it stands and quoted, that is not in what is said anyway."""
    runs = {text[at : at + 3] for text in (password, quote(password, safe="")) for at in range(len(text) - 2)}
    return {run for run in runs if run not in SHOWN + ENCODE}


@given(PASSWORDS, st.booleans(), st.sampled_from(["", "?sslmode=disable", "#x"]))
@example("p/w", False, "")
def test_a_name_tells_who_and_where_and_no_part_of_the_password(password: str, is_quoted: bool, rest: str) -> None:
    written = quote(password, safe="") if is_quoted else password
    name = located(f"postgresql://chao:{written}@db.example.com:5433/team{rest}").name
    assert name == SHOWN or "password=" in password
    assert [run for run in _parts(password) if run in name] == []


@given(PASSWORDS, st.sampled_from(["", "user=chao&"]))
def test_a_password_after_the_name_of_the_database_is_not_told_either(password: str, before: str) -> None:
    name = located(f"postgresql://db.example.com:5433/team?{before}password={password}").name
    assert [run for run in _parts(password) if run in name] == []
    assert name in ("postgresql://db.example.com:5433/team", "postgresql://…")


@given(PASSWORDS, st.booleans())
def test_a_complaint_quotes_nothing_of_an_address_that_can_be_read_in_two_ways(password: str, is_quoted: bool) -> None:
    written = quote(password, safe="") if is_quoted else password
    location = located(f"postgresql://chao:{written}@db.example.com:5433/team")
    is_clear = is_quoted or not re.search(r"[/?#@\[\]]", password)
    cause = OSError("Connect call failed") if is_clear else OSError(f"database {password!r} does not exist")
    for found in (cause, ValueError(f"Port could not be cast to integer value as {password!r}")):
        error = StorageError(UNREACHABLE)
        error.__cause__ = found
        said = complaint(error, location)
        assert said == (ENCODE if found is not cause or not is_clear else "Connect call failed")


def test_a_server_that_has_something_to_say_is_quoted() -> None:
    error = StorageError(UNREACHABLE)
    error.__cause__ = OSError('role "chao" does not exist\nand more')
    assert complaint(error, located("postgresql://chao:pw@db.example.com/team")) == 'role "chao" does not exist'


@pytest.mark.parametrize("password", ["ge/heim", "12/heim", "ge#heim", "ge?heim", "ge@heim", "[geheim", "ge℀heim"])
async def test_an_address_with_an_unencoded_password_is_refused_with_what_to_do(password: str) -> None:
    location = located(f"postgresql://chao:{password}@nowhere.invalid/team")
    with pytest.raises(StorageError) as error:
        await location.revision()
    assert location.name == "postgresql://chao@nowhere.invalid/team"
    assert complaint(error.value, location) == ENCODE
    with pytest.raises(NotCopiedError) as not_copied:
        await copied(location, located("sqlite:////nowhere/chao.db"))
    assert str(not_copied.value) == f"{location.name} can't be used (unreachable): {ENCODE}"
