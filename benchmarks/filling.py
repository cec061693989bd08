"""Fills a PostgreSQL with workspaces, clients, flags and the audit that made them; the server makes the rows itself."""

from __future__ import annotations

from string import Template

import asyncpg

from bot.names import key_of
from tests.support import START

CLIENTS, FLAGS = 20, 100
KINDS = ("mala-paga", "indeciso", "pichirre", "abusivo", "insaciable", "sin-horario", "sabelotodo", "anti-contrato")
# Numbers count from 0, ids from 1; flags are 40 hours apart, and each archetype comes once for every client.
_ROWS = Template("""
INSERT INTO workspaces (id, key, organisation, created_at)
    SELECT n + 1, 'slack:T' || n, '', $start FROM generate_series(0, $workspaces - 1) n;
INSERT INTO clients (id, workspace_id, name, created_at)
    SELECT n + 1, n / $clients + 1, 'client ' || n % $clients, $start
    FROM generate_series(0, $workspaces * $clients - 1) n;
INSERT INTO client_names (id, workspace_id, name, key, client_id)
    SELECT n + 1, n / $clients + 1, 'client ' || n % $clients, ($keys)[n % $clients + 1], n + 1
    FROM generate_series(0, $workspaces * $clients - 1) n;
INSERT INTO flags (workspace_id, client_id, archetype, reason, evidence, status, created_by, channel, thread,
        created_at, expires_at, closed_by, closing_note)
    SELECT n / $flags + 1, n / $flags * $clients + n % $clients + 1, ($kinds)[n / $clients % 8 + 1],
        'inv ' || n || ', 20 days late', '', 'active', 'ana', 'C1', '', at, at + interval '180 days', '', ''
    FROM (SELECT n, $start - interval '1 hour' * (1 + 40 * ($flags - n % $flags)) AS at
        FROM generate_series(0, $workspaces * $flags - 1) n) AS numbered;
INSERT INTO audit (workspace_id, user_id, action, clients, changes, at)
    SELECT workspace_id, 'ana', 'flag', ' ' || client_id || ' ',
        '[{"table": "flags", "id": 1, "before": null, "after": "0123456789abcdef01234567", "ids": []}]', created_at
    FROM flags ORDER BY id;
SELECT setval(name || '_id_seq', $workspaces * $flags) FROM unnest(ARRAY['workspaces', 'clients', 'client_names']) name;
""")


async def fill(url: str, workspaces: int) -> None:
    """So many workspaces, each with its clients and flags, in a migrated database; vacuumed, so that nothing is due."""
    connection = await asyncpg.connect(url)
    values = {"workspaces": workspaces, "clients": CLIENTS, "flags": FLAGS, "kinds": _array(KINDS)}
    keys = _array(tuple(key_of(f"client {number}") for number in range(CLIENTS)))
    try:
        await connection.execute(_ROWS.substitute(values, keys=keys, start=f"timestamptz '{START.isoformat()}'"))
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


def _array(texts: tuple[str, ...]) -> str:
    return f"ARRAY{list(texts)}"
