"""Faults that a user can mend: what is wrong and what to do, in words of the catalogue."""

from __future__ import annotations

import pytest

from bot.errors import Misuse, UserError
from bot.i18n.messages import N


def test_an_error_keeps_what_is_wrong_and_what_to_do() -> None:
    text, hint = N("The name is empty."), N("Write one.")
    error = UserError(text, hint)
    assert (error.text, error.hint) == (text, hint)
    assert UserError(text).hint is None


def test_the_words_of_a_person_stay_out_of_the_exceptions_own_text() -> None:
    error = UserError(N("I know no client called “{name}”.", name="Globex"))
    assert "Globex" not in str(error)
    assert "Globex" not in repr(error)


def test_misuse_is_caught_as_a_users_error() -> None:
    with pytest.raises(UserError, match="I need"):
        raise Misuse(N("I need {argument}.", argument=N("the client's name")))
