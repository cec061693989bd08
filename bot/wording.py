"""How failures are worded: known ones with a hint, unknown ones with a reference, never an exception's text."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from bot.commands import CommandSpec
from bot.errors import Misuse, UserError
from bot.i18n.messages import Message, N
from bot.i18n.speech import Speech
from bot.reply import Note, Reply, Section
from bot.storage import database
from bot.validation import shortened

_STORAGE: dict[str, Message] = {
    database.LOCKED: N("The database was busy for too long, so nothing was stored. Send it again in a moment."),
    database.READ_ONLY: N(
        "The database is read-only, so nothing was stored. Ask whoever runs Chao to make it writable."
    ),
    database.FULL: N(
        "The disk is full, so nothing was stored. Ask whoever runs Chao to free some space, then send it again."
    ),
    database.CORRUPT: N("The database is damaged, so nothing was stored. Whoever runs Chao should restore a backup."),
    database.UNREACHABLE: N(
        "The database can't be reached, so nothing was stored. Ask whoever runs Chao to run `chao doctor`."
    ),
    database.UNCERTAIN: N(
        "I lost the database just as this was being stored, so I can't tell whether it was. Look with `/client show` "
        "before you send it again."
    ),
    database.NEWER: N("The database was written by a newer Chao. Whoever runs Chao should install that version again."),
}


NO_ROOM = N(
    "Shortened: the rest did not fit into one message. Ask me for the part you need, such as the letter, the next step "
    "or the law."
)
SHORTENED = N("This is the beginning; the whole text is in the file.")
TOO_SLOW = N("That took too long, so I can't show it any more. Send it again in a moment.")
MAY_NOT_WRITE = N(
    "I can't answer you where you asked: I may not write there. Ask an administrator of the server to let me see that "
    "channel, send messages and embed links in it."
)


def form_error(error: UserError, speech: Speech) -> Reply:
    """What is wrong with a form, and what to do there: nothing of how a line is written."""
    return error_reply(UserError(error.text, error.in_form, error.field), speech, None)


def error_reply(error: UserError, speech: Speech, spec: CommandSpec | None) -> Reply:
    """What is wrong, what to do, and for a misused command how it is written."""
    lines = [speech(error.text), *([speech(error.hint)] if error.hint else [])]
    blocks: list[Section | Note] = [Section("\n".join(lines))]
    if isinstance(error, Misuse) and spec:
        usage = N("Usage: `{usage}`", usage=spec.usage(speech))
        example = N("For example: `/client {example}`", example=spec.example)
        blocks.append(Note(f"{speech(usage)}\n{speech(example)}"))
    return Reply(blocks=tuple(blocks), is_error=True, field=error.field)


def storage_reply(reason: str, speech: Speech) -> Reply:
    """One sentence on what the database refused."""
    return Reply(blocks=(Section(speech(_STORAGE[reason])),), is_error=True)


def storage_message(reason: str) -> Message:
    """The same sentence as a message."""
    return _STORAGE[reason]


def lost_reply(speech: Speech) -> Reply:
    """What took effect and was never answered, as the bot was stopped in between."""
    text = N("I took in your message, but my answer to it was lost. `/client show` tells what is stored.")
    return Reply(blocks=(Section(speech(text)),), language=speech.language)


def late_crash_reply(reference: str, speech: Speech) -> Reply:
    """A bug after the effect: the reference that is also in the log."""
    text = N(
        "I took in your message, but something broke while I answered. Tell whoever runs Chao this reference: {ref}.",
        ref=reference,
    )
    return Reply(blocks=(Section(speech(text)),), is_error=True)


def crash_reply(reference: str, speech: Speech) -> Reply:
    """A bug: the reference that is also in the log."""
    text = N(
        "Something broke on our side and nothing was changed. Tell whoever runs Chao this reference: {ref}.",
        ref=reference,
    )
    return Reply(blocks=(Section(speech(text)),), is_error=True)


def unknown_form() -> UserError:
    """A form that no command of today reads."""
    return UserError(N("That form belongs to an older version of me."), N("Open it again."))


def unknown_command(name: str, names: Iterable[str]) -> UserError:
    """An unknown sub-command, with the nearest one."""
    near = difflib.get_close_matches(name.casefold(), list(names), 1, 0.6)
    hint = N("Did you mean `/client {name}`?", name=near[0]) if near else N("`/client help` lists what I can do.")
    return UserError(N("I don't know the command `{name}`.", name=shortened(name)), hint)
