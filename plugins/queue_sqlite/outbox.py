"""Deliveries in the file: stored with the end of a call, offered under a lease, kept."""

import json
from collections.abc import Callable, Sequence
from sqlite3 import Connection

from mirabelle.core.interfaces.queue import NotFound
from mirabelle.core.types import Delivery, DeliveryState
from mirabelle.plugins.queue_sqlite.records import DELIVERY_COLUMNS, delivery_row, delivery_value

_INSERT = f"""
    INSERT INTO delivery ({DELIVERY_COLUMNS}, offered_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING
"""  # noqa: S608 - a constant
_ONE = f"SELECT {DELIVERY_COLUMNS} FROM delivery WHERE id = ?"  # noqa: S608 - a constant
_ON_OFFER = f"""
    SELECT {DELIVERY_COLUMNS} FROM delivery WHERE offered_from <= ? ORDER BY offered_from, seq LIMIT ?
"""  # noqa: S608 - a constant
_LEASE = "UPDATE delivery SET offered_from = ? WHERE id IN (SELECT value FROM json_each(?))"
_UPDATE = """
    UPDATE delivery SET state = :state, tries = :tries, due_at = :due_at, last_error = :last_error,
        offered_from = CASE WHEN :state = 'pending' THEN :due_at END,
        settled_at = CASE WHEN :state = 'pending' THEN NULL ELSE coalesce(settled_at, :at) END
    WHERE id = :id
"""


def add(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    """Keep new deliveries. Raises `ValueError` when an id is taken already or comes twice."""
    for delivery in deliveries:
        offered_from = delivery.due_at if delivery.state is DeliveryState.PENDING else None
        if not connection.execute(_INSERT, (*delivery_row(delivery), offered_from)).rowcount:
            raise ValueError(f"there is a delivery {delivery.id} already")


def claim(connection: Connection, now: float, lease_until: float, limit: int) -> list[Delivery]:
    """The longest on offer first; off offer until then."""
    found = [delivery_value(row) for row in connection.execute(_ON_OFFER, (now, max(limit, 0)))]
    if found:
        connection.execute(_LEASE, (lease_until, json.dumps([delivery.id for delivery in found])))
    return found


def move(connection: Connection, delivery_id: str, step: Callable[[Delivery], Delivery], at: float | None) -> None:
    """Apply a move of the life-cycle. Raises `NotFound`."""
    row = connection.execute(_ONE, (delivery_id,)).fetchone()
    if row is None:
        raise NotFound(f"no delivery {delivery_id}")
    after = step(delivery_value(row))
    columns = {
        "id": after.id,
        "state": after.state,
        "tries": after.tries,
        "due_at": after.due_at,
        "last_error": after.last_error,
        "at": at,
    }
    connection.execute(_UPDATE, columns)


def listed(connection: Connection, state: DeliveryState | None, call_id: int | None, limit: int) -> list[Delivery]:
    """By state and call, the last stored first."""
    conditions = {"state = ?": state, "call_id = ?": call_id}
    given = {condition: value for condition, value in conditions.items() if value is not None}
    where = " AND ".join(given) or "TRUE"
    query = f"SELECT {DELIVERY_COLUMNS} FROM delivery WHERE {where} ORDER BY seq DESC LIMIT ?"  # noqa: S608 - constants
    return [delivery_value(row) for row in connection.execute(query, (*given.values(), max(limit, 0)))]
