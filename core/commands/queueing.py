"""Putting a call into the queue: over HTTP, or straight into the store of a data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mirabelle.core.api.answers import Refused
from mirabelle.core.api.fields import Fields
from mirabelle.core.api.form import Sent
from mirabelle.core.api.queueing import Queueing
from mirabelle.core.assembly import DEVELOPER
from mirabelle.core.client import CallRefused, Client, Login, QueuedCall, parse_answer
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.platform import Platform
from mirabelle.core.types import Account, Credentials


class NoSuchAccount(Exception):
    """The account to queue for is not there, or not the only one. The message names those there are."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class TrustedLogin:
    """Takes a login for granted: whoever can open the store needs no PIN."""

    account: Account

    async def authenticate(self, credentials: Credentials) -> Account:
        """The account, whatever the PIN."""
        return self.account


async def over_http(url: str, account: Login, fields: Mapping[str, str]) -> QueuedCall:
    """Queue it at a server. Raises `ClientError`."""
    required = ("phone_number", "start_url")
    others = {name: value for name, value in fields.items() if name not in required}
    async with Client(url, account) as client:
        return await client.queue_call(fields["phone_number"], fields["start_url"], **others)


async def in_store(platform: Platform, account: Account, fields: Mapping[str, str]) -> QueuedCall:
    """Queue it in the opened store, checked as over HTTP but for the PIN. Raises `CallRefused`."""
    queueing = Queueing(platform.services(TrustedLogin(account)), platform.settings.api)
    # The scripts ask for a PIN to be sent; the trusted login does not look at it.
    given = {"login": account.login, "pin": "-", **fields}
    try:
        answer = await queueing.queue(Fields(Sent(name, value) for name, value in given.items()), None)
    except Refused as refused:
        raise CallRefused(str(refused.code), refused.message, refused.temporary) from None
    return parse_answer(answer, "the store")


async def account_of(directory: Directory, login: str | None, development: bool) -> Account:
    """The account to queue for: the one that is named, else the only one. Raises `NoSuchAccount`."""
    accounts = {account.login: account for account in await directory.accounts()}
    if development:
        accounts.setdefault(DEVELOPER.login, DEVELOPER)
        login = login or DEVELOPER.login
    if login is None and len(accounts) == 1:
        return next(iter(accounts.values()))
    if login in accounts:
        return accounts[login]
    there = ", ".join(accounts) or "none yet: the first start of `mirabelle serve` makes one"
    wanted = f"there is no account '{login}'" if login else "say for which account: --login"
    raise NoSuchAccount(f"{wanted} (accounts: {there})")
