"""Text as Discord's Markdown: what people wrote stays as they wrote it, and pings nobody.

Every character that could be markup is escaped, except in our own commands between backticks, which become code.
"""

from __future__ import annotations

import re

_OURS = r"`(?:/client|@chao)?[ \w|:….\[\]<>\"'/-]+`"
_LINK = r"https?://[^\s<>`*|]+"
_MARKUP = r"[\\*_~`|<\[\]@]"
_AT_START = r"(?m:^[ \t]*(?:[#>+-]|\d+(?=[.)])))"
_SPECIAL = re.compile(f"(?P<kept>{_OURS}|{_LINK})|(?P<start>{_AT_START})|(?P<markup>{_MARKUP})")
FENCE = "```"


def escaped(text: str) -> str:
    """A text that shows as it stands, wherever it is put."""
    return _SPECIAL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["start"]:
        start = found["start"]
        return f"{start}\\" if start[-1].isdigit() else f"{start[:-1]}\\{start[-1]}"
    return f"\\{found['markup']}"


def bold(text: str) -> str:
    """A title of its own line."""
    return f"**{escaped(' '.join(text.split()))}**"


def small(text: str) -> str:
    """Small print, line by line."""
    return "\n".join(f"-# {line}" for line in escaped(text).split("\n") if line.strip())


def item(text: str, mark: str) -> str:
    """An entry of a list; its further lines stand under its first word."""
    first, *rest = [line.strip() for line in escaped(text).split("\n")]
    return "\n".join([f"{mark} {first}", *(f"{' ' * (len(mark) + 1)}{line}" for line in rest if line)])


def fenced(text: str) -> str:
    """Text to copy, in a block of its own; three backticks in it are parted by a space of no width."""
    return f"{FENCE}\n{text.replace(FENCE, '``' + chr(0x200B) + '`')}\n{FENCE}"
