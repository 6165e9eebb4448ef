"""Directory: accounts, their settings and what proves them."""

from abc import abstractmethod

from mirabelle.core.interfaces.component import Component
from mirabelle.core.types import Account, AccountSecrets


class AccountExists(Exception):
    """An account with that login is there already."""


class Directory(Component):
    """Who may use the platform. Coroutines; every change is durable when it returns, or raises `StorageFailed`."""

    @abstractmethod
    async def account(self, login: str) -> Account | None:
        """The account's settings; None when there is no such login."""

    @abstractmethod
    async def secrets(self, login: str) -> AccountSecrets | None:
        """What proves the account; None when there is no such login."""

    @abstractmethod
    async def accounts(self) -> list[Account]:
        """All accounts, by login."""

    @abstractmethod
    async def add_account(self, account: Account, secrets: AccountSecrets) -> None:
        """Raises `AccountExists`."""

    @abstractmethod
    async def change_account(self, account: Account) -> None:
        """Replace the settings of an account. Raises `KeyError` with the login when there is none."""

    @abstractmethod
    async def change_secrets(self, login: str, secrets: AccountSecrets) -> None:
        """Replace PIN hash and signing secret. Raises `KeyError` with the login when there is none."""
