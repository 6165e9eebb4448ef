"""Directory on SQLite."""

from sqlite3 import Connection, IntegrityError

from mirabelle.core.interfaces.directory import AccountExists, Directory
from mirabelle.core.types import Account, AccountSecrets
from mirabelle.plugins.queue_sqlite.file import SqliteComponent
from mirabelle.plugins.queue_sqlite.records import account_text, account_value

_SETTINGS = "SELECT settings FROM account WHERE login = ?"
_SECRETS = "SELECT pin_hash, webhook_secret FROM account WHERE login = ?"
_ALL = "SELECT settings FROM account ORDER BY login"
_INSERT = "INSERT INTO account (login, settings, pin_hash, webhook_secret) VALUES (?, ?, ?, ?)"
_CHANGE_SETTINGS = "UPDATE account SET settings = ? WHERE login = ?"
_CHANGE_SECRETS = "UPDATE account SET pin_hash = ?, webhook_secret = ? WHERE login = ?"


class SqliteDirectory(SqliteComponent, Directory):
    """Accounts in the file: settings as JSON, what proves them in columns of its own."""

    async def account(self, login: str) -> Account | None:
        """The account's settings; None when there is no such login."""
        return await self._read(_account, login)

    async def secrets(self, login: str) -> AccountSecrets | None:
        """What proves the account; None when there is no such login."""
        return await self._read(_secrets, login)

    async def accounts(self) -> list[Account]:
        """All accounts, by login."""
        return await self._read(_accounts)

    async def add_account(self, account: Account, secrets: AccountSecrets) -> None:
        """Raises `AccountExists`."""
        await self._write(_add, account, secrets)

    async def change_account(self, account: Account) -> None:
        """Replace the settings of an account. Raises `KeyError` with the login when there is none."""
        await self._write(_change, _CHANGE_SETTINGS, account.login, account_text(account))

    async def change_secrets(self, login: str, secrets: AccountSecrets) -> None:
        """Replace PIN hash and signing secret. Raises `KeyError` with the login when there is none."""
        await self._write(_change, _CHANGE_SECRETS, login, secrets.pin_hash, secrets.webhook_secret)


def _account(connection: Connection, login: str) -> Account | None:
    row = connection.execute(_SETTINGS, (login,)).fetchone()
    return None if row is None else account_value(row[0])


def _secrets(connection: Connection, login: str) -> AccountSecrets | None:
    row = connection.execute(_SECRETS, (login,)).fetchone()
    return None if row is None else AccountSecrets(*row)


def _accounts(connection: Connection) -> list[Account]:
    return [account_value(settings) for (settings,) in connection.execute(_ALL)]


def _add(connection: Connection, account: Account, secrets: AccountSecrets) -> None:
    row = (account.login, account_text(account), secrets.pin_hash, secrets.webhook_secret)
    try:
        connection.execute(_INSERT, row)
    except IntegrityError:
        raise AccountExists(account.login) from None


def _change(connection: Connection, statement: str, login: str, *values: str | None) -> None:
    if connection.execute(statement, (*values, login)).rowcount == 0:
        raise KeyError(login)
