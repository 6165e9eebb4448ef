"""The end of attempts and of calls, with the results that are to be delivered."""

from collections.abc import Callable, Sequence
from functools import partial
from sqlite3 import Connection

from mirabelle.core import lifecycle
from mirabelle.core.interfaces.queue import Finish, LeaseLost
from mirabelle.core.lifecycle import Ending
from mirabelle.core.types import Call
from mirabelle.plugins.queue_sqlite import commands, outbox
from mirabelle.plugins.queue_sqlite.moves import move


def finish(connection: Connection, finishes: Sequence[Finish]) -> list[LeaseLost | None]:
    """Store ends of attempts, results and deliveries; what waits for calls that are over is dropped."""
    moved = move(connection, [(finish.claim, _step(finish)) for finish in finishes])
    stored = [finish for finish, now in zip(finishes, moved, strict=True) if not isinstance(now, LeaseLost)]
    outbox.add(connection, [delivery for finish in stored for delivery in finish.deliveries])
    commands.drop(connection, [finish.claim.call.id for finish in stored if finish.result is not None])
    return [now if isinstance(now, LeaseLost) else None for now in moved]


def _step(finish: Finish) -> Callable[[Call], Call]:
    ending = Ending(finish.at, finish.callee_type, finish.cause, finish.interrupted)
    if finish.result is not None:
        return partial(lifecycle.finished, ending=ending, result=finish.result)
    assert finish.retry is not None
    return partial(lifecycle.retried, ending=ending, due=finish.retry)
