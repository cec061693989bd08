"""What undo knows a row by: the same for the same values, in every version of the bot that stored one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.storage.scope import fingerprint, is_unchanged

ROW = {
    "workspace_id": 1,
    "reason": "debe 2 facturas, “año” 欠款",
    "closed_at": None,
    "created_at": datetime(2026, 11, 30, 17, 5, 4, 321, tzinfo=UTC),
    "is_helpful": True,
}
NOW, BEFORE = "2:9116cbd55fb84c31a81dc138", "14358f6a520002c54d5267ed"


def test_a_fingerprint_is_the_same_in_whatever_order_the_values_come() -> None:
    assert fingerprint(ROW) == fingerprint(dict(reversed(ROW.items()))) == NOW


@pytest.mark.parametrize("stored", [NOW, BEFORE])
def test_what_an_earlier_version_stored_can_still_be_undone(stored: str) -> None:
    assert is_unchanged(ROW, stored)
    assert not is_unchanged({**ROW, "reason": "debe 3 facturas"}, stored)
    assert not is_unchanged({**ROW, "closed_at": ROW["created_at"]}, stored)
