"""Which conversations need not be held on every platform: those that differ from others in their words alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

import pytest

# What people say is understood by the core: of the rows of a test so many are said on all platforms, the rest on one.
ROWS_EVERYWHERE = 4
_ON_ONE = "console on sqlite"


def repeated_wordings(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """The tests that `make test` leaves out; `make bench` runs them too."""
    rows: defaultdict[Hashable, dict[Hashable, int]] = defaultdict(dict)
    repeated = list[pytest.Item]()
    for item in items:
        spec = getattr(item, "callspec", None)
        if spec is None or "stage" not in spec.params or not isinstance(item, pytest.Function):
            continue
        row = tuple((name, index) for name, index in sorted(spec.indices.items()) if name != "stage")
        known = rows[item.path, item.originalname]
        if known.setdefault(row, len(known)) >= ROWS_EVERYWHERE and spec.params["stage"] != _ON_ONE:
            repeated.append(item)
    return repeated
