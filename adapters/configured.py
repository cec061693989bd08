"""What is set, and what of it is set wrong: named without its value, which may be a secret."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import ValidationError

from adapters.failure import CommandFailedError
from bot.settings import Settings

_UNREADABLE = "save it as a file in UTF-8"


class Fault(NamedTuple):
    """A variable, or the file that sets them, and what is wrong with it."""

    name: str
    wrong: str


def settings() -> Settings:
    """What is set; of what is set wrong the first is named."""
    try:
        return Settings()
    except (UnicodeDecodeError, OSError) as error:
        raise CommandFailedError(f".env can't be read: {_UNREADABLE}") from error
    except ValidationError as error:
        name, wrong = _faults(error)[0]
        raise CommandFailedError(f"{name} is set wrong: {wrong}") from error


def settings_and_faults() -> tuple[Settings, list[Fault]]:
    """What is set, with the default for all that is set wrong, and every fault, so that the rest can be looked at."""
    found: list[Fault] = []
    file: dict[str, None] = {}
    try:
        return Settings(), found
    except (UnicodeDecodeError, OSError):
        found, file = [Fault(".env", f"it can't be read: {_UNREADABLE}")], {"_env_file": None}
    except ValidationError:
        pass
    try:
        return Settings(**file), found
    except ValidationError as error:
        found += _faults(error)
    defaults = {str(field.validation_alias): field.default for field in Settings.model_fields.values()}
    return Settings(**file, **{fault.name: defaults[fault.name] for fault in found if fault.name in defaults}), found


def _faults(error: ValidationError) -> list[Fault]:
    return [Fault(str(one["loc"][-1]), one["msg"]) for one in error.errors(include_input=False, include_url=False)]
