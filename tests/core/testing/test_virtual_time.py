import asyncio
import time

import pytest

from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import Stalled, VirtualClock


def test_a_year_of_sleep_takes_no_time() -> None:
    async def main(clock: VirtualClock) -> float:
        await clock.sleep(365 * 86400)
        return clock.monotonic()

    began = time.process_time()
    assert virtual_time.run(main) == 365 * 86400
    assert time.process_time() - began < 60


def test_sleepers_wake_in_the_order_of_their_instants() -> None:
    async def main(clock: VirtualClock) -> list[tuple[str, float]]:
        woken: list[tuple[str, float]] = []

        async def sleeper(name: str, seconds: float) -> None:
            await clock.sleep(seconds)
            woken.append((name, clock.monotonic()))

        await asyncio.gather(sleeper("late", 3), sleeper("early", 1), sleeper("between", 2))
        return woken

    assert virtual_time.run(main) == [("early", 1), ("between", 2), ("late", 3)]


def test_a_cancelled_sleeper_does_not_move_the_clock() -> None:
    async def main(clock: VirtualClock) -> float:
        task = asyncio.create_task(clock.sleep(100))
        await clock.sleep(1)
        task.cancel()
        await clock.sleep(1)
        return clock.monotonic()

    assert virtual_time.run(main) == 2


def test_what_can_never_wake_is_an_error() -> None:
    async def main(clock: VirtualClock) -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(Stalled):
        virtual_time.run(main)


def test_a_held_clock_waits_for_real_work() -> None:
    async def main(clock: VirtualClock) -> float:
        ticking = asyncio.create_task(clock.sleep(1000))
        with clock.held():
            await asyncio.to_thread(sum, range(1000))
            during = clock.monotonic()
        await ticking
        return during

    assert virtual_time.run(main) == 0


async def test_a_clock_can_be_moved_by_hand() -> None:
    clock = VirtualClock()
    early, late = (asyncio.create_task(clock.sleep(seconds)) for seconds in (5, 15))
    await asyncio.sleep(0)
    clock.advance(10)
    await early
    assert clock.monotonic() == 10
    assert not late.done()
    clock.advance(5)
    await late
