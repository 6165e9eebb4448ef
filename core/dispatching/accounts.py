"""The accounts as the dispatcher and the deliverer see them: a copy that is a few seconds old at most."""

from collections.abc import Mapping

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.types import Account

AGE = 5.0


class Accounts:
    """Reads the whole directory at most every `AGE` seconds, and a login that it does not know at once."""

    def __init__(self, directory: Directory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock
        self._known: dict[str, Account] = {}
        self._read_at: float | None = None

    async def limits(self) -> Mapping[str, int]:
        """The channels of the accounts that have a limit."""
        await self._refresh()
        return {login: account.channels for login, account in self._known.items() if account.channels is not None}

    async def get(self, login: str) -> Account:
        """The account's settings; the defaults when it is gone, since its calls still end."""
        await self._refresh()
        if login not in self._known:
            found = await self._directory.account(login)
            self._known[login] = found or Account(login)
        return self._known[login]

    async def _refresh(self) -> None:
        now = self._clock.monotonic()
        if self._read_at is None or now - self._read_at >= AGE:
            self._known = {account.login: account for account in await self._directory.accounts()}
            self._read_at = now
