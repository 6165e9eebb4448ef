"""Accounts, kept in memory."""

from typing import Any

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.directory import AccountExists, Directory
from mirabelle.core.types import Account, AccountSecrets


class MemoryDirectory(Directory):
    """Who may use the platform, until the process ends."""

    name = "memory"

    def __init__(self, options: Any, lent: Lent) -> None:
        super().__init__(options, lent)
        self._accounts: dict[str, Account] = {}
        self._secrets: dict[str, AccountSecrets] = {}

    async def account(self, login: str) -> Account | None:
        """The account's settings; None when there is no such login."""
        return self._accounts.get(login)

    async def secrets(self, login: str) -> AccountSecrets | None:
        """What proves the account; None when there is no such login."""
        return self._secrets.get(login)

    async def accounts(self) -> list[Account]:
        """All accounts, by login."""
        return [self._accounts[login] for login in sorted(self._accounts)]

    async def add_account(self, account: Account, secrets: AccountSecrets) -> None:
        """Raises `AccountExists`."""
        if account.login in self._accounts:
            raise AccountExists(account.login)
        self._accounts[account.login] = account
        self._secrets[account.login] = secrets

    async def change_account(self, account: Account) -> None:
        """Replace the settings of an account. Raises `KeyError` with the login when there is none."""
        self._must_exist(account.login)
        self._accounts[account.login] = account

    async def change_secrets(self, login: str, secrets: AccountSecrets) -> None:
        """Replace PIN hash and signing secret. Raises `KeyError` with the login when there is none."""
        self._must_exist(login)
        self._secrets[login] = secrets

    def _must_exist(self, login: str) -> None:
        if login not in self._accounts:
            raise KeyError(login)
