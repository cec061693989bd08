"""What Discord takes at most, in characters or pieces; sources: its API reference and its published OpenAPI."""

from __future__ import annotations

CONTENT = 2_000
EMBEDS = 2  # ten are allowed, but their text together is limited to `EMBED_SUM`
EMBED_SUM = 6_000
EMBED_TITLE = 256
EMBED_TEXT = 2_850  # 4,096 are allowed; two of these and a title stay below `EMBED_SUM`
MESSAGES = 3  # what one reply may fill before it is shortened; our own choice
ROWS = 5
ROW = 5
OPTIONS = 25
BUTTON_LABEL = 80
OPTION_LABEL = 100
PLACEHOLDER = 150
CUSTOM_ID = 100
CHOICE_NAME = 100
CHOICE_VALUE = 100
ALT = 1_024
MODAL_TITLE = 45
FIELD_LABEL = 45
FIELD_HINT = 100
COMMAND_NAME = 32
COMMAND_HELP = 100


def cut(text: str, most: int) -> str:
    """A text within a limit, on one line; what was cut off shows as an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
