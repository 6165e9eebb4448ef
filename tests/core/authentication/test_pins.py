import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from mirabelle.core.authentication import PinChecker, PinOptions, TooManyChecks
from mirabelle.core.testing.virtual_time import VirtualClock

CHEAP = PinOptions(time_cost=1, memory_cost=8, parallelism=1, remembered=3)


class HeldPins(PinChecker):
    """Checks that wait until they are let go, and says how many run at once."""

    def __init__(self, options: PinOptions, clock: VirtualClock) -> None:
        super().__init__(options, clock)
        self.go = threading.Event()
        self.two = threading.Event()
        self.lock = threading.Lock()
        self.running = self.most = self.verified = 0

    def _verify(self, pin_hash: str, pin: str) -> bool:
        with self.lock:
            self.verified += 1
            self.running += 1
            self.most = max(self.most, self.running)
            if self.running == 2:
                self.two.set()
        self.go.wait(10)
        with self.lock:
            self.running -= 1
        return super()._verify(pin_hash, pin)


@pytest.fixture
async def held(clock: VirtualClock) -> AsyncIterator[HeldPins]:
    checker = HeldPins(PinOptions(time_cost=1, memory_cost=8, parallelism=1, waiting=5), clock)
    await checker.open()
    yield checker
    checker.go.set()
    await checker.close()


async def test_a_pin_is_good_for_its_own_hash(pins: PinChecker) -> None:
    pin_hash = await pins.hash("1234")
    assert pin_hash.startswith("$argon2id$")
    assert await pins.check("ann", "1234", pin_hash)
    assert not await pins.check("ann", "1235", pin_hash)
    assert not await pins.check("ann", "", pin_hash)
    assert not await pins.check("ann", "1234", "not a hash")
    assert not await pins.check("ann", "1234", None)


async def test_a_good_check_is_remembered_for_five_minutes(pins: PinChecker, clock: VirtualClock) -> None:
    pin_hash = await pins.hash("1234")
    assert not pins.remembers("ann", "1234", pin_hash)
    await pins.check("ann", "1234", pin_hash)
    clock.advance(299)
    assert pins.remembers("ann", "1234", pin_hash)
    assert not pins.remembers("ann", "1235", pin_hash)
    assert not pins.remembers("bob", "1234", pin_hash)
    assert not pins.remembers("ann", "1234", None)
    clock.advance(1)
    assert not pins.remembers("ann", "1234", pin_hash)


async def test_a_changed_pin_is_forgotten(pins: PinChecker) -> None:
    await pins.check("ann", "1234", await pins.hash("1234"))
    assert not pins.remembers("ann", "1234", await pins.hash("1234"))


async def test_bad_checks_are_not_remembered(pins: PinChecker) -> None:
    pin_hash = await pins.hash("1234")
    await pins.check("ann", "0000", pin_hash)
    assert not pins.remembers("ann", "0000", pin_hash)
    await pins.check("nobody", "0000", None)
    assert not pins.remembers("nobody", "0000", None)


async def test_the_memory_holds_no_pin_and_no_more_than_it_may(clock: VirtualClock) -> None:
    checker = PinChecker(CHEAP, clock)
    await checker.open()
    pin_hash = await checker.hash("sesame-open-3141")
    for number in range(5):
        await checker.check(f"login{number}", "sesame-open-3141", pin_hash)
    await checker.close()
    assert list(checker._good) == ["login2", "login3", "login4"]
    assert "sesame" not in repr(vars(checker))


async def test_two_checks_at_once_and_the_rest_wait(held: HeldPins) -> None:
    hashes = [await held.hash(str(number)) for number in range(5)]
    checks = [asyncio.create_task(held.check("ann", str(number), hashes[number])) for number in range(5)]
    await asyncio.to_thread(held.two.wait)
    assert not any(check.done() for check in checks)
    held.go.set()
    assert await asyncio.gather(*checks) == [True] * 5
    assert held.most == 2


async def test_the_same_check_is_made_once(held: HeldPins) -> None:
    pin_hash = await held.hash("1234")
    checks = [asyncio.create_task(held.check("ann", "1234", pin_hash)) for _ in range(50)]
    await asyncio.sleep(0)
    assert held.is_running("ann", "1234", pin_hash)
    assert not held.is_running("ann", "1235", pin_hash)
    held.go.set()
    assert await asyncio.gather(*checks) == [True] * 50
    assert held.verified == 1


async def test_one_that_gives_up_leaves_the_check_to_the_others(held: HeldPins) -> None:
    pin_hash = await held.hash("1234")
    first, second = (asyncio.create_task(held.check("ann", "1234", pin_hash)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    held.go.set()
    assert await second


async def test_too_many_checks_are_refused(held: HeldPins) -> None:
    pin_hash = await held.hash("1234")
    checks = [asyncio.create_task(held.check("ann", str(number), pin_hash)) for number in range(7)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyChecks):
        await held.check("ann", "one more", pin_hash)
    held.go.set()
    await asyncio.gather(*checks)
    assert not await held.check("ann", "one more", pin_hash)
