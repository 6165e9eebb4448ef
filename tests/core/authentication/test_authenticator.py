import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from mirabelle.core.authentication import Authenticator, BadLogin, IssuedSecrets, PinChecker, create_account
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import Account, AccountSecrets, Credentials
from mirabelle.plugins.queue_memory import MemoryDirectory

ANN = Account("ann", region="DE")


@pytest.fixture
async def authenticator(directory: MemoryDirectory, pins: PinChecker, clock: VirtualClock) -> Authenticator:
    await create_account(directory, pins, ANN, "1234")
    return Authenticator(directory, pins, clock)


async def refused(authenticator: Authenticator, login: str, pin: str) -> BadLogin:
    with pytest.raises(BadLogin) as caught:
        await authenticator.authenticate(Credentials(login, pin))
    return caught.value


async def test_login_and_pin_are_an_account(authenticator: Authenticator) -> None:
    assert await authenticator.authenticate(Credentials("ann", "1234")) == ANN


@pytest.mark.parametrize(
    ("login", "pin"), [("ann", "1235"), ("ann", ""), ("ann", "1234 "), ("Ann", "1234"), ("bob", "1234"), ("", "")]
)
async def test_anything_else_is_not(login: str, pin: str, authenticator: Authenticator) -> None:
    error = await refused(authenticator, login, pin)
    assert not error.locked
    assert str(error) == "wrong login or PIN"


async def test_an_unknown_login_costs_what_a_wrong_pin_costs(authenticator: Authenticator, pins: Any) -> None:
    await refused(authenticator, "ann", "wrong")
    wrong_pin = pins.verified
    await refused(authenticator, "bob", "wrong")
    assert (wrong_pin, pins.verified) == (1, 2)


async def test_a_good_check_is_not_made_again(authenticator: Authenticator, pins: Any, clock: VirtualClock) -> None:
    for _ in range(3):
        await authenticator.authenticate(Credentials("ann", "1234"))
    assert pins.verified == 1
    clock.advance(300)
    await authenticator.authenticate(Credentials("ann", "1234"))
    assert pins.verified == 2


async def test_a_changed_pin_counts_at_once(
    authenticator: Authenticator, directory: MemoryDirectory, pins: PinChecker
) -> None:
    await authenticator.authenticate(Credentials("ann", "1234"))
    await directory.change_secrets("ann", AccountSecrets(await pins.hash("5678")))
    await refused(authenticator, "ann", "1234")
    await authenticator.authenticate(Credentials("ann", "5678"))


async def test_a_changed_setting_counts_at_once(authenticator: Authenticator, directory: MemoryDirectory) -> None:
    await authenticator.authenticate(Credentials("ann", "1234"))
    await directory.change_account(Account("ann", region="FR"))
    assert (await authenticator.authenticate(Credentials("ann", "1234"))).region == "FR"


@pytest.mark.parametrize("login", ["ann", "bob"])
async def test_ten_bad_pins_lock_known_and_unknown_logins_alike(
    login: str, authenticator: Authenticator, pins: Any, clock: VirtualClock
) -> None:
    assert [(await refused(authenticator, login, f"guess{number}")).locked for number in range(10)] == [False] * 10
    for pin in ("1234", "wrong"):
        error = await refused(authenticator, login, pin)
        assert error.locked
        assert str(error) == "too many wrong PINs for this login; try again in a minute"
    assert pins.verified == 10
    clock.advance(60)
    assert not (await refused(authenticator, login, "wrong")).locked


async def test_a_lock_holds_for_a_remembered_pin_too(authenticator: Authenticator, clock: VirtualClock) -> None:
    await authenticator.authenticate(Credentials("ann", "1234"))
    for number in range(10):
        await refused(authenticator, "ann", f"guess{number}")
    assert (await refused(authenticator, "ann", "1234")).locked
    clock.advance(60)
    await authenticator.authenticate(Credentials("ann", "1234"))


async def test_guesses_at_the_same_moment_are_no_way_round(authenticator: Authenticator, pins: Any) -> None:
    guesses = [authenticator.authenticate(Credentials("ann", f"guess{number}")) for number in range(50)]
    errors = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(error, BadLogin) for error in errors)
    assert pins.verified == 10
    assert (await refused(authenticator, "ann", "1234")).locked


async def test_the_same_bad_pin_at_the_same_moment_counts_each_time(authenticator: Authenticator, pins: Any) -> None:
    guesses = [authenticator.authenticate(Credentials("ann", "wrong")) for _ in range(10)]
    await asyncio.gather(*guesses, return_exceptions=True)
    assert pins.verified == 1
    assert (await refused(authenticator, "ann", "1234")).locked


async def test_many_clients_with_the_right_pin_start_together(authenticator: Authenticator, pins: Any) -> None:
    guesses = [authenticator.authenticate(Credentials("ann", "1234")) for _ in range(50)]
    assert await asyncio.gather(*guesses) == [ANN] * 50
    assert pins.verified == 1


async def test_plugins_are_asked_first(directory: MemoryDirectory, pins: Any, clock: VirtualClock) -> None:
    await create_account(directory, pins, ANN, "1234")
    theirs = Account("theirs")

    def at_once(credentials: Credentials) -> Account | None:
        return theirs if credentials.pin == "token" else None

    async def later(credentials: Credentials) -> Account | None:
        return at_once(credentials)

    def either(credentials: Credentials) -> Account | Awaitable[Account | None] | None:
        return later(credentials)

    for ask in (at_once, either):
        authenticator = Authenticator(directory, pins, clock, ask)
        assert await authenticator.authenticate(Credentials("any", "token")) == theirs
        assert await authenticator.authenticate(Credentials("ann", "1234")) == ANN
    assert pins.verified == 1


async def test_pins_do_not_leak(authenticator: Authenticator) -> None:
    credentials = Credentials("ann", "sesame-3141")
    with pytest.raises(BadLogin) as caught:
        await authenticator.authenticate(credentials)
    assert "sesame" not in repr(credentials) + repr(caught.value) + str(caught.value.__context__)


async def test_a_new_account_has_random_secrets(
    directory: MemoryDirectory, pins: PinChecker, clock: VirtualClock
) -> None:
    issued = [await create_account(directory, pins, Account(login)) for login in ("one", "two")]
    assert issued[0].pin != issued[1].pin
    assert issued[0].webhook_secret != issued[1].webhook_secret
    assert len(issued[0].pin) == 16
    assert issued[0].webhook_secret.startswith("whsec_")
    assert issued[0].pin not in repr(issued)
    stored = await directory.secrets("one")
    assert stored is not None
    assert stored.webhook_secret == issued[0].webhook_secret
    assert issued[0].pin not in stored.pin_hash
    authenticator = Authenticator(directory, pins, clock)
    assert await authenticator.authenticate(Credentials("one", issued[0].pin)) == Account("one")


async def test_secrets_are_shown_before_the_account_is_there(directory: MemoryDirectory, pins: PinChecker) -> None:
    def die(issued: IssuedSecrets) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await create_account(directory, pins, ANN, show=die)
    assert await directory.accounts() == []
    shown: list[IssuedSecrets] = []
    issued = await create_account(directory, pins, ANN, show=shown.append)
    assert (shown, await directory.accounts()) == ([issued], [ANN])


@pytest.mark.parametrize("pin", ["", "x" * 17])
async def test_a_pin_that_no_client_could_send_is_refused(
    pin: str, directory: MemoryDirectory, pins: PinChecker
) -> None:
    with pytest.raises(ValueError, match="the PIN of 'ann' must have 1 to 16 characters"):
        await create_account(directory, pins, ANN, pin)
    assert await directory.accounts() == []
