import asyncio

from mirabelle.core.alarm import Alarm
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock


def test_it_wakes_at_its_time() -> None:
    async def main(clock: VirtualClock) -> list[float]:
        alarm, woken = Alarm(clock), []
        for _ in range(3):
            await alarm.wait(10)
            woken.append(clock.monotonic())
        return woken

    assert virtual_time.run(main) == [10, 20, 30]


def test_a_ring_ends_the_wait_and_only_that_one() -> None:
    async def main(clock: VirtualClock) -> list[float]:
        alarm, woken = Alarm(clock), []

        async def ringing() -> None:
            await clock.sleep(4)
            alarm.ring()
            alarm.ring()

        task = asyncio.create_task(ringing())
        for _ in range(2):
            await alarm.wait(10)
            woken.append(clock.monotonic())
        await task
        return woken

    assert virtual_time.run(main) == [4, 14]


def test_a_ring_that_nobody_waited_for_ends_the_next_wait() -> None:
    async def main(clock: VirtualClock) -> list[float]:
        alarm, woken = Alarm(clock), []
        alarm.ring()
        for _ in range(2):
            await alarm.wait(10)
            woken.append(clock.monotonic())
        return woken

    assert virtual_time.run(main) == [0, 10]
