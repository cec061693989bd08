"""Which knowledge entries a card was made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Sources:
    """Collects the knowledge id of every sentence that is used, in order."""

    ids: list[str] = field(default_factory=list)

    def use(self, text: str, entry: str) -> str:
        """The text, once its id is written down."""
        if entry not in self.ids:
            self.ids.append(entry)
        return text

    def lines(self, lines: tuple[str, ...], entry: str, limit: int) -> tuple[str, ...]:
        """The first lines of a list, each with its own id (counted from 1)."""
        return tuple(self.use(line, f"{entry}.{number}") for number, line in enumerate(lines[:limit], 1))
