"""One lane a host: a receiver that is dead or slow must not keep the others waiting. No I/O, no clock."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from mirabelle.core.types import Delivery

# Failures in a row after which a host is not trusted, and how many are tried at once then.
PATIENCE = 3
FOR_THE_UNTRUSTED = 2
# What may wait for a host that has not answered yet, and from how many on no more should be claimed for a moment.
FOR_STRANGERS = 300
MANY = 100
# How many hosts are remembered.
REMEMBERED = 1000


@dataclass(slots=True, eq=False)
class InHand:
    """A delivery that this node has until `lease_until`."""

    host: str
    delivery: Delivery
    lease_until: float


@dataclass(slots=True)
class _Lane:
    under_way: int = 0
    waiting: deque[InHand] = field(default_factory=deque)
    failures: int = 0
    proven: bool = False

    @property
    def trusted(self) -> bool:
        return self.failures < PATIENCE


class Lanes:
    """What is in hand, by host. What is left lying is offered again by the storage when its lease ends.

    For a host that answers any number may wait in hand. For one that does not nothing waits: a few are tried at a time,
    the rest is left to the storage, and the hand stays free for others.
    """

    def __init__(self, at_once: int, per_host: int) -> None:
        self._at_once = at_once
        self._per_host = per_host
        self._lanes: dict[str, _Lane] = {}
        self._in_hand: dict[str, InHand] = {}
        self._under_way = 0

    def __len__(self) -> int:
        """How many are in hand, waiting or under way."""
        return len(self._in_hand)

    @property
    def hesitant(self) -> bool:
        """Whether much waits for a host of which it is not known yet whether it answers: better claim no more now."""
        return any(lane.trusted and not lane.proven and len(lane.waiting) > MANY for lane in self._lanes.values())

    def put(self, item: InHand) -> bool:
        """Take it in hand. False: it must be left lying, or is here already and only keeps its new lease."""
        known = self._in_hand.get(item.delivery.id)
        if known is not None:
            known.lease_until = item.lease_until
            return False
        lane = self._lanes.setdefault(item.host, _Lane())
        if len(lane.waiting) >= self._room(lane):
            return False
        self._in_hand[item.delivery.id] = item
        lane.waiting.append(item)
        return True

    def ready(self) -> Iterator[InHand]:
        """Those whose turn it is, in turns between hosts; each counts as under way from here."""
        moving = True
        while moving:
            moving = False
            for lane in tuple(self._lanes.values()):
                if self._under_way < self._at_once and lane.waiting and lane.under_way < self._breadth(lane):
                    lane.under_way += 1
                    self._under_way += 1
                    moving = True
                    yield lane.waiting.popleft()

    def done(self, item: InHand, answered: bool | None) -> None:
        """A try is over; `answered`: whether the host acknowledged it, None: it was not tried."""
        lane = self._lanes[item.host]
        lane.under_way -= 1
        self._under_way -= 1
        del self._in_hand[item.delivery.id]
        if answered is not None:
            lane.failures = 0 if answered else lane.failures + 1
            lane.proven = answered or lane.proven
        if not lane.trusted:
            self._leave_lying(lane)
        self._forget_strangers()

    def _leave_lying(self, lane: _Lane) -> None:
        for item in lane.waiting:
            del self._in_hand[item.delivery.id]
        lane.waiting.clear()

    def _breadth(self, lane: _Lane) -> int:
        return self._per_host if lane.trusted else min(self._per_host, FOR_THE_UNTRUSTED)

    def _room(self, lane: _Lane) -> int:
        """How many may wait."""
        if not lane.trusted:
            return max(0, self._breadth(lane) - lane.under_way)
        return len(self._in_hand) + 1 if lane.proven else FOR_STRANGERS

    def _forget_strangers(self) -> None:
        if len(self._lanes) > REMEMBERED:
            self._lanes = {host: lane for host, lane in self._lanes.items() if lane.under_way or lane.waiting}
