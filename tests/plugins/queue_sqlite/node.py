"""A process of its own with a storage, driven by the test through lines on its standard input and output.

Each answer is printed only after the storage has returned: what the test has read was acknowledged.
"""

import asyncio
import resource
import sys
from pathlib import Path

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.core.testing.queue_storage.samples import (
    EVERYWHERE,
    LATER,
    NOON,
    again,
    delivery,
    dialling,
    new_call,
    over,
    talking,
)
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.plugins.queue_sqlite import SqliteOptions, SqliteQueue


async def acknowledge_then_hang(queue: SqliteQueue) -> None:
    """One call for each stage; then wait to be killed."""
    await talking(queue, new_call("talking"))
    await dialling(queue, new_call("dialling"))
    (retried,) = await dialling(queue, new_call("retried"))
    await queue.finish_many([again(retried, LATER)])
    (finished,) = await dialling(queue, new_call("finished"))
    await queue.finish_many([over(finished, delivery(finished.call.id))])
    await queue.add_many([new_call("queued")], NOON)
    say("done")
    await asyncio.Event().wait()


async def claim_all(queue: SqliteQueue) -> None:
    """Claim and dial until nothing is left; say which calls these were."""
    say("ready")
    sys.stdin.readline()
    while claims := await queue.claim(NOON, f"node-{sys.argv[2]}", LATER, EVERYWHERE, 3):
        for claim in await queue.dial_many(claims, NOON):
            say(str(claim.call.id))  # type: ignore[union-attr]


async def fill_the_disk(queue: SqliteQueue) -> None:
    """Write until the file may not grow any more; say what was acknowledged and how the refusal reads."""
    size = (Path(sys.argv[1]) / "mirabelle.sqlite-wal").stat().st_size + 300_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    small = [queue.add_many([new_call(call_parameters="x" * 1000)], NOON) for _ in range(5)]
    large = queue.add_many([new_call(call_parameters="x" * 2000)] * 1000, NOON)
    answers = await asyncio.gather(*small[:3], large, *small[3:], return_exceptions=True)
    for answer in answers:
        say(str(answer) if isinstance(answer, StorageFailed) else f"added {answer[0].call_id}")  # type: ignore[index]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    (afterwards,) = await queue.add_many([new_call("afterwards")], NOON)
    say(f"added {afterwards.call_id}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main() -> None:
    queue = SqliteQueue(SqliteOptions(), lent_to_storage(Path(sys.argv[1])))
    await queue.open()
    await {"hang": acknowledge_then_hang, "claim": claim_all, "fill": fill_the_disk}[sys.argv[3]](queue)
    await queue.close()


if __name__ == "__main__":
    asyncio.run(main())
