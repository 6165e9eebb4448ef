"""The deliverer: empties the outbox. At least once, always the same body, until acknowledged or out of tries."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from mirabelle.core.alarm import Alarm
from mirabelle.core.delivering.lanes import InHand, Lanes
from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.delivering.schedule import next_try
from mirabelle.core.dispatching.accounts import Accounts
from mirabelle.core.dispatching.patience import Patience
from mirabelle.core.foreign_text import storable
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery, TryAgain, Undeliverable
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.observing import Emit, problem, written
from mirabelle.core.types import Delivery, Event, EventKind

SHORTEST_WAIT = 0.001
# Long enough for a host that lives to answer, short enough for others to wait behind one that does not.
HESITATION = 0.25
WRITING = 5.0


@dataclass(frozen=True, slots=True)
class Post:
    """What the deliverer works with; `deliveries` by URL scheme."""

    storage: QueueStorage
    directory: Directory
    deliveries: Mapping[str, ResultDelivery]
    clock: Clock
    emit: Emit


class Deliverer:
    """Delivers what is due. `start` it once, `wake` it when something came into the outbox, `stop` it once."""

    def __init__(self, post: Post, options: DelivererOptions) -> None:
        self._post = post
        self._options = options
        self._accounts = Accounts(post.directory, post.clock)
        self._patience = Patience(post.clock, post.emit)
        self._alarm = Alarm(post.clock)
        self._lanes = Lanes(options.at_once, options.per_host)
        self._tries: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Begin to deliver."""
        self._loop = asyncio.create_task(self._run(), name="deliveries")

    def wake(self) -> None:
        """Something came into the outbox: look at it now."""
        self._alarm.ring()

    async def stop(self, patience: float = 10.0) -> None:
        """Deliver what is due, for that many seconds at most. What is left is delivered after the next start."""
        self._stopping = True
        self.wake()
        if self._loop is None:
            return
        limit = asyncio.ensure_future(self._post.clock.sleep(patience))
        self._patience.end(patience + WRITING)
        await asyncio.wait([self._loop, limit], return_when=asyncio.FIRST_COMPLETED)
        left: Sequence[asyncio.Future[None]] = [limit, self._loop, *self._tries]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                wait = await self._pass()
            except Exception as error:  # noqa: BLE001 - whatever went wrong in one pass, the next one is due
                self._tell("a pass of the deliverer failed", error)
                wait = self._options.poll
            if self._stopping and not self._lanes and wait:
                return
            if wait:
                await self._alarm.wait(wait)

    async def _pass(self) -> float:
        """Begin what is due; how long nothing will be due. 0: there may be more at once."""
        limit = min(self._options.batch, self._options.in_hand - len(self._lanes))
        claimed = await self._claim(limit) if limit > 0 else []
        for item in claimed:
            self._lanes.put(item)
        for item in self._lanes.ready():
            self._begin(item)
        if self._lanes.hesitant:
            return HESITATION
        if claimed and len(claimed) == limit:
            # Let the tries that have just begun get going before the next batch.
            await asyncio.sleep(0)
            return 0.0
        return await self._until_due()

    async def _claim(self, limit: int) -> list[InHand]:
        storage, clock = self._post.storage, self._post.clock

        async def claim() -> list[InHand]:
            lease_until = clock.now() + self._options.lease
            claimed = await storage.claim_deliveries(clock.now(), lease_until, limit)
            return [InHand(_host(delivery.url), delivery, lease_until) for delivery in claimed]

        return await self._patience.ask("looking into the outbox", claim)

    async def _until_due(self) -> float:
        storage, clock = self._post.storage, self._post.clock
        due = await self._patience.ask("looking for what is due", lambda: storage.next_due(clock.now()))
        wait = self._options.poll if due is None else min(self._options.poll, due - clock.now())
        return max(wait, SHORTEST_WAIT)

    def _begin(self, item: InHand) -> None:
        if item.lease_until <= self._post.clock.now():
            # It has waited so long that another node may have it by now.
            self._lanes.done(item, None)
            return
        task = asyncio.create_task(self._try(item), name=f"delivery {item.delivery.id}")
        self._tries.add(task)
        task.add_done_callback(self._tries.discard)

    async def _try(self, item: InHand) -> None:
        answered: bool | None = None
        try:
            answered = await self._delivered(item.host, item.delivery)
        except Exception as error:  # noqa: BLE001 - whatever went wrong with one delivery, its lease brings it back
            self._tell("the outcome of a delivery is not recorded; it will be posted again", error, item.delivery)
        finally:
            self._lanes.done(item, answered)
            self.wake()

    async def _delivered(self, host: str, delivery: Delivery) -> bool:
        """Post it once and record what came of it."""
        storage, clock = self._post.storage, self._post.clock
        recipient = await self._patience.ask("reading an account", lambda: self._recipient(delivery))
        data = {"delivery": delivery.id, "host": host, "tries": delivery.tries + 1}
        try:
            await self._post_once(delivery, recipient)
        except TryAgain as failure:
            await self._failed(delivery, storable(failure.reason), failure.after, data)
            return False
        except Undeliverable as failure:
            await self._bury(delivery, storable(failure.reason), data)
            return False
        await self._patience.ask("recording deliveries", lambda: storage.delivered(delivery.id, clock.now()))
        self._post.emit(Event(EventKind.DELIVERED, clock.now(), delivery.call_id, data=data))
        return True

    async def _recipient(self, delivery: Delivery) -> Recipient:
        account = await self._accounts.get(delivery.account)
        return Recipient(account, await self._post.directory.secrets(delivery.account))

    async def _post_once(self, delivery: Delivery, recipient: Recipient) -> None:
        """Return when acknowledged; raise `TryAgain` or `Undeliverable`, whatever the plugin does."""
        scheme = urlsplit(delivery.url).scheme
        carrier = self._post.deliveries.get(scheme)
        if carrier is None:
            raise Undeliverable(f"no plugin delivers to {scheme!r} URLs")
        try:
            async with asyncio.timeout(self._options.longest_try):
                await carrier.deliver(delivery, recipient)
        except (TryAgain, Undeliverable):
            raise
        except TimeoutError as error:
            raise TryAgain(f"no end after {self._options.longest_try:g} s") from error
        except Exception as error:
            self._tell("a plugin failed to deliver", error, delivery)
            raise TryAgain(written(error)) from error

    async def _failed(self, delivery: Delivery, reason: str, wish: float | None, data: Mapping[str, object]) -> None:
        storage, now = self._post.storage, self._post.clock.now()
        due = next_try(delivery.tries + 1, now, wish)
        if due is None:
            await self._bury(delivery, reason, data)
            return
        await self._patience.ask("recording deliveries", lambda: storage.postpone_delivery(delivery.id, due, reason))
        told = {**data, "reason": reason, "next_at": due}
        self._post.emit(Event(EventKind.DELIVERY_FAILED, now, delivery.call_id, data=told))

    async def _bury(self, delivery: Delivery, reason: str, data: Mapping[str, object]) -> None:
        storage, now = self._post.storage, self._post.clock.now()
        await self._patience.ask("recording deliveries", lambda: storage.bury_delivery(delivery.id, now, reason))
        self._post.emit(Event(EventKind.DELIVERY_DEAD, now, delivery.call_id, data={**data, "reason": reason}))

    def _tell(self, what: str, error: Exception, delivery: Delivery | None = None) -> None:
        named = {"delivery": delivery.id} if delivery else {}
        self._post.emit(problem(self._post.clock.now(), what, error, **named))


def _host(url: str) -> str:
    """Whom a URL belongs to, without user name and password."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return ""
