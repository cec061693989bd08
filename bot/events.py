"""What comes in: frozen, neutral events. No raw payloads and no platform words.

Every event has an id. One that the platform may deliver again under the same id is marked `is_redeliverable`: its
id is recorded in the transaction of its effect, so that it takes effect and is answered once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

FOLLOW_UP = "follow-up"
EDITED = "edited"
NO_BUTTON = "no-button"


_NO_ARGS: Mapping[str, str] = MappingProxyType({})


class User(NamedTuple):
    """Who spoke. `locale` is the platform's tag (`es-ES`), empty when it gives none."""

    id: str
    name: str = ""
    locale: str = ""
    is_manager: bool = False
    is_guest: bool = False


class Place(NamedTuple):
    """Where something was said. `workspace` is the tenant (`slack:T1`); `is_shared`: outsiders read here.

    `has_team` is False where no team's data can be told from another's (a direct message on Discord); `locale` is the
    workspace's own tag, where the platform gives one;
    `is_unsure`: nobody could tell whether outsiders read what is about to be made public here;
    `is_forum`: the channel takes no message of its own, only threads;
    `is_joined`: the bot is in the channel, or the platform does not say that it is not;
    `is_direct`: nobody else is here than this person and the bot;
    `has_roles`: who manages is whose roles allow it, elsewhere who administers the workspace;
    `organisation` is what the workspace is a part of, where there is such a thing (`slack:E1`).
    """

    workspace: str
    channel: str = ""
    thread: str = ""
    is_shared: bool = False
    has_team: bool = True
    locale: str = ""
    is_unsure: bool = False
    organisation: str = ""
    is_forum: bool = False
    is_joined: bool = True
    is_direct: bool = False
    has_roles: bool = False


class Asker(NamedTuple):
    """Who speaks and where: all that is known before there is an event."""

    user: User
    place: Place

    @property
    def may_see_clients(self) -> bool:
        """Whether clients may be shown: never to guests, nor where another company listens, nor without a team."""
        return self.place.has_team and not (self.user.is_guest or self.place.is_shared or self.place.is_unsure)


class Said(NamedTuple):
    """The line in which a command was typed, and the language of its words where they tell one.

    `is_free`: a sentence rather than the strict grammar; `is_unsure`: it may have meant something else.
    """

    line: str = ""
    language: str = ""
    is_free: bool = False
    is_unsure: bool = False


class Command(NamedTuple):
    """A sub-command with the arguments that were given, by name. `is_public`: all there see the answer.

    `is_form`: it was filled in, not written as a line.
    """

    id: str
    user: User
    place: Place
    name: str
    args: Mapping[str, str] = _NO_ARGS
    is_public: bool = False
    is_redeliverable: bool = False
    evidence: str = ""
    said: Said = Said()
    is_form: bool = False


class Question(NamedTuple):
    """Free text addressed to the bot. `about`: the card's state that it follows on, as its button holds it.

    `as_command`, without a name, is what it becomes where its words ask for a command.
    """

    id: str
    user: User
    place: Place
    text: str
    is_public: bool = True
    is_redeliverable: bool = False
    about: str = ""
    as_command: Command | None = None


class Action(NamedTuple):
    """A pressed button: `name` of its action and its `value`; `is_public`: all could see the button.

    `text` is the message on which an entry of a message's own menu was used.
    """

    id: str
    user: User
    place: Place
    name: str
    value: str = ""
    text: str = ""
    is_public: bool = False
    is_redeliverable: bool = False


class Submission(NamedTuple):
    """A filled form: its name, the `value` that it was opened with, and what was typed, by field."""

    id: str
    user: User
    place: Place
    form: str
    fields: Mapping[str, str]
    value: str = ""
    is_public: bool = False
    evidence: str = ""

    @property
    def meaning(self) -> Command | Question:
        """A form with a command's name is that command; the other one asks on."""
        if self.form == FOLLOW_UP:
            text = self.fields.get("question", "")
            return Question(self.id, self.user, self.place, text, is_public=self.is_public, about=self.value)
        return Command(self.id, self.user, self.place, self.form, self.fields, evidence=self.evidence, is_form=True)


Event = Command | Question | Action | Submission
