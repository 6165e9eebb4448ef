"""Deliveries, kept in memory."""

from collections.abc import Callable, Iterable

from mirabelle.core.interfaces.queue import NotFound
from mirabelle.core.types import Delivery, DeliveryState


class Outbox:
    """Deliveries in the order in which they were stored, and from when on each may be offered."""

    def __init__(self) -> None:
        self._deliveries: dict[str, Delivery] = {}
        self._offered_from: dict[str, float] = {}

    def refuse_doubles(self, deliveries: Iterable[Delivery]) -> None:
        """Raise `ValueError` when an id is taken already or comes twice."""
        seen = set(self._deliveries)
        for delivery in deliveries:
            if delivery.id in seen:
                raise ValueError(f"there is a delivery {delivery.id} already")
            seen.add(delivery.id)

    def add(self, deliveries: Iterable[Delivery]) -> None:
        """Keep new deliveries."""
        for delivery in deliveries:
            self._keep(delivery)

    def claim(self, now: float, lease_until: float, limit: int) -> list[Delivery]:
        """The longest on offer first; off offer until then."""
        order = {delivery_id: position for position, delivery_id in enumerate(self._deliveries)}
        on_offer = [delivery_id for delivery_id, since in self._offered_from.items() if since <= now]
        on_offer.sort(key=lambda delivery_id: (self._offered_from[delivery_id], order[delivery_id]))
        chosen = on_offer[: max(limit, 0)]
        self._offered_from.update(dict.fromkeys(chosen, lease_until))
        return [self._deliveries[delivery_id] for delivery_id in chosen]

    def move(self, delivery_id: str, step: Callable[[Delivery], Delivery]) -> None:
        """Apply a move of the life-cycle. Raises `NotFound`."""
        if delivery_id not in self._deliveries:
            raise NotFound(f"no delivery {delivery_id}")
        self._keep(step(self._deliveries[delivery_id]))

    def listed(self, state: DeliveryState | None, call_id: int | None, limit: int) -> list[Delivery]:
        """By state and call, the last stored first."""
        found = [
            delivery
            for delivery in reversed(self._deliveries.values())
            if state in (None, delivery.state) and call_id in (None, delivery.call_id)
        ]
        return found[: max(limit, 0)]

    def instants(self) -> Iterable[float]:
        """When deliveries come on offer."""
        return self._offered_from.values()

    def _keep(self, delivery: Delivery) -> None:
        self._deliveries[delivery.id] = delivery
        if delivery.state is DeliveryState.PENDING:
            self._offered_from[delivery.id] = delivery.due_at
        else:
            self._offered_from.pop(delivery.id, None)
