"""Calls whose window has closed while they waited: their results are posted (contract, section 9)."""

from mirabelle.core.dispatching.endings import close, story
from mirabelle.core.dispatching.finishing import Ending, Finishing
from mirabelle.core.dispatching.node import Node
from mirabelle.core.types import Claim, Event, EventKind


class Expiring:
    """Takes expired calls from the queue and hands their ends to be written."""

    def __init__(self, node: Node, finishing: Finishing) -> None:
        self._node = node
        self._finishing = finishing

    async def once(self) -> None:
        """All that have expired by now."""
        while len(claims := await self._node.patience.ask("expiring calls", self._take)) > 0:
            for claim in claims:
                await self._close(claim)
            if len(claims) < self._node.options.batch:
                return

    async def _take(self) -> list[Claim]:
        node = self._node
        return await node.storage.expire(node.clock.now(), node.owner, node.lease_until(), node.options.batch)

    async def _close(self, claim: Claim) -> None:
        node = self._node
        now = node.clock.now()
        account = await node.patience.ask("reading an account", lambda: node.accounts.get(claim.call.request.account))
        finish = close(claim, account, now, "its window closed before it could be completed", node.new_id)
        expired = Event(EventKind.EXPIRED, now, claim.call.id, data={"expires_at": claim.call.request.expires_at})
        self._finishing.put(Ending(finish, [expired, *story(finish, None)], _nothing))


def _nothing() -> None:
    pass
