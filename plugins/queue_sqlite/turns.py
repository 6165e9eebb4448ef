"""Who is next: turns between accounts, within the room that there is."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mirabelle.core.types import Room


class Waiting(NamedTuple):
    """A call that is due. Compares in the order in which an account's calls are offered."""

    rank: int
    due_at: float
    call_id: int
    campaign: str


class Turn(NamedTuple):
    """A call whose turn it is, in which round. Compares in the order in which turns are taken."""

    round: int
    waiting: Waiting
    account: str


def turns(queues: Mapping[str, Iterable[Waiting]], first_rounds: Mapping[str, int], room: Room) -> Iterator[Turn]:
    """Give each account's next call a turn in the account's next round. Looks at no more of a queue than is taken."""
    fitting = {account: _fitting(account, queue, room) for account, queue in queues.items()}
    heads = [
        Turn(first_rounds[account], waiting, account) for account, queue in fitting.items() for waiting in _one(queue)
    ]
    heapq.heapify(heads)
    while heads:
        turn = heapq.heappop(heads)
        yield turn
        for waiting in _one(fitting[turn.account]):
            heapq.heappush(heads, Turn(turn.round + 1, waiting, turn.account))


def _one(queue: Iterator[Waiting]) -> Iterator[Waiting]:
    for waiting in queue:
        yield waiting
        return


def _fitting(account: str, queue: Iterable[Waiting], room: Room) -> Iterator[Waiting]:
    """Those for which account and campaign have room, one after the other."""
    left = room.accounts.get(account)
    campaigns = {campaign: free for (owner, campaign), free in room.campaigns.items() if owner == account}
    for waiting in queue:
        if left is not None and left <= 0:
            return
        if campaigns.get(waiting.campaign, 1) <= 0:
            continue
        left = None if left is None else left - 1
        if waiting.campaign in campaigns:
            campaigns[waiting.campaign] -= 1
        yield waiting
