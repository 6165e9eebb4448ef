"""Who is next: turns between accounts, within the room that there is."""

from collections import defaultdict
from collections.abc import Iterable

from mirabelle.core.types import Call, Room


class Turns:
    """Remembers in which round each account had its last turn."""

    def __init__(self) -> None:
        self._round = 0
        self._last: dict[str, int] = {}

    def take(self, calls: Iterable[Call], room: Room, limit: int) -> list[Call]:
        """At most `limit` of these calls, which are all due, in the order of the turns that they were given."""
        allowed = limit if room.platform is None else min(limit, room.platform)
        turns = sorted(
            (max(self._round, self._last.get(account, 0) + 1) + place, _order(call), call)
            for account, due in _by_account(calls).items()
            for place, call in enumerate(_fitting(due, account, room))
        )[: max(allowed, 0)]
        for turn, _, call in turns:
            self._last[call.request.account] = self._round = turn
        return [call for _, _, call in turns]


def _by_account(calls: Iterable[Call]) -> dict[str, list[Call]]:
    due = defaultdict(list)
    for call in sorted(calls, key=_order):
        due[call.request.account].append(call)
    return due


def _order(call: Call) -> tuple[int, float, int]:
    return call.due.rank, call.due.at, call.id


def _fitting(calls: Iterable[Call], account: str, room: Room) -> list[Call]:
    """Those for which account and campaigns have room, one after the other."""
    fitting: list[Call] = []
    left = dict(room.campaigns)
    for call in calls:
        if len(fitting) >= room.accounts.get(account, len(fitting) + 1):
            break
        campaign = (account, call.request.campaign)
        if left.get(campaign, 1) > 0:
            fitting.append(call)
            left.update({campaign: left[campaign] - 1} if campaign in left else {})
    return fitting
