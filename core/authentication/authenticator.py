"""Authenticator: login and PIN to an account, asking plugins first and the Directory then."""

import inspect
from collections.abc import Awaitable, Callable

from mirabelle.core.authentication.locks import LockOptions, Locks
from mirabelle.core.authentication.pins import PinChecker
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.types import Account, Credentials

Ask = Callable[[Credentials], Account | Awaitable[Account | None] | None]


class BadLogin(Exception):
    """Login and PIN prove nobody. `locked`: no PIN is tried for this login for a while, not even the right one."""

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__(
            "too many wrong PINs for this login; try again in a minute" if locked else "wrong login or PIN"
        )
        self.locked = locked


def ask_nobody(credentials: Credentials) -> None:
    """The `authenticate` hook of a platform without plugins that implement it."""


class Authenticator:
    """Says whose credentials these are.

    An unknown login costs and answers what a wrong PIN does, also in being locked after too many of them.
    """

    def __init__(
        self,
        directory: Directory,
        pins: PinChecker,
        clock: Clock,
        ask: Ask = ask_nobody,
        locks: LockOptions | None = None,
    ) -> None:
        self._directory = directory
        self._pins = pins
        self._clock = clock
        self._ask = ask
        self._locks = Locks(locks or LockOptions())

    async def authenticate(self, credentials: Credentials) -> Account:
        """The account. Raises `BadLogin` or `TooManyChecks`."""
        login = credentials.login
        if self._locks.is_locked(login, self._clock.monotonic()):
            raise BadLogin(locked=True)
        account = await self._asked(credentials) or await self._known(credentials)
        if account is None:
            raise BadLogin
        return account

    async def _asked(self, credentials: Credentials) -> Account | None:
        answer = self._ask(credentials)
        return await answer if inspect.isawaitable(answer) else answer

    async def _known(self, credentials: Credentials) -> Account | None:
        login, pin = credentials.login, credentials.pin
        secrets = await self._directory.secrets(login)
        pin_hash = secrets.pin_hash if secrets else None
        if self._pins.remembers(login, pin, pin_hash) or await self._guess(login, pin, pin_hash):
            return await self._directory.account(login)
        return None

    async def _guess(self, login: str, pin: str, pin_hash: str | None) -> bool:
        if self._pins.is_running(login, pin, pin_hash):
            return await self._join(login, pin, pin_hash)
        if not self._locks.begin(login, self._clock.monotonic()):
            raise BadLogin(locked=True)
        good = True
        try:
            good = await self._pins.check(login, pin, pin_hash)
        finally:
            self._locks.end(login, self._clock.monotonic(), bad=not good)
        return good

    async def _join(self, login: str, pin: str, pin_hash: str | None) -> bool:
        good = await self._pins.check(login, pin, pin_hash)
        if not good:
            self._locks.count(login, self._clock.monotonic())
        return good
