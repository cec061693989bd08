"""Seals tokens with `CHAO_SECRET_KEY`: several keys rotate, the first seals, any opens (MultiFernet)."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from adapters.failure import CommandFailedError


class Vault:
    """Seals and opens text. Raises `CommandFailedError` for keys that are no Fernet keys."""

    def __init__(self, keys: str) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys.replace(",", " ").split()])
        except ValueError as error:
            raise CommandFailedError(NO_KEY) from error

    def seal(self, text: str) -> str:
        """The text, readable only with the key."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """What was sealed; None when none of the keys opens it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def rotated(self, sealed: str) -> str | None:
        """The same, sealed with the newest key; None when none of the keys opens it."""
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except InvalidToken:
            return None


NO_KEY = (
    "CHAO_SECRET_KEY is needed to keep Slack's tokens: set one or more keys, newest first, each made by "
    '`python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"`'
)
