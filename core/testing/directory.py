"""The contract of Directory: `class TestMine(DirectoryContract)`, with `make`."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.directory import AccountExists, Directory
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.core.types import Account, AccountSecrets, Acknowledgement, CalleeDetection

ACME = Account(
    "acme",
    region="NL",
    time_zone="Europe/Amsterdam",
    callee_detection=CalleeDetection.BEEP,
    strict_numbers=True,
    start_url_method="get",
    acknowledgement=Acknowledgement.STATUS,
    retry_interrupted=True,
    channels=12,
)
SECRETS = AccountSecrets("hash-of-the-pin", "whsec_of-acme")


class DirectoryContract(ABC):
    """Every directory passes these; only `make` is the plugin's own."""

    pytestmark = pytest.mark.asyncio

    @abstractmethod
    def make(self, lent: Lent) -> Directory:
        """A directory that is not open yet and has no accounts."""

    @pytest_asyncio.fixture
    async def directory(self, tmp_path: Path) -> AsyncIterator[Directory]:
        """The directory under test, open."""
        directory = self.make(lent_to_storage(tmp_path))
        await directory.open()
        yield directory
        await directory.close()

    async def test_an_account_comes_back_as_it_was_added(self, directory: Directory) -> None:
        await directory.add_account(ACME, SECRETS)
        assert await directory.account("acme") == ACME
        assert await directory.secrets("acme") == SECRETS

    async def test_an_account_may_do_without_most_settings(self, directory: Directory) -> None:
        await directory.add_account(Account("plain"), AccountSecrets("hash"))
        assert await directory.account("plain") == Account("plain")
        assert await directory.secrets("plain") == AccountSecrets("hash", None)

    async def test_an_unknown_login_is_none(self, directory: Directory) -> None:
        await directory.add_account(ACME, SECRETS)
        for login in ("nobody", "ACME", "acme ", ""):
            assert await directory.account(login) is None
            assert await directory.secrets(login) is None

    async def test_accounts_are_listed_by_login(self, directory: Directory) -> None:
        for login in ("zoe", "acme", "mid"):
            await directory.add_account(replace(ACME, login=login), SECRETS)
        assert [account.login for account in await directory.accounts()] == ["acme", "mid", "zoe"]

    async def test_a_login_is_added_once(self, directory: Directory) -> None:
        await directory.add_account(ACME, SECRETS)
        with pytest.raises(AccountExists, match="acme"):
            await directory.add_account(replace(ACME, region="DE"), AccountSecrets("other"))
        assert await directory.account("acme") == ACME
        assert await directory.secrets("acme") == SECRETS

    async def test_settings_change_without_the_secrets(self, directory: Directory) -> None:
        await directory.add_account(ACME, SECRETS)
        changed = replace(ACME, channels=None, region="DE")
        await directory.change_account(changed)
        assert await directory.account("acme") == changed
        assert await directory.secrets("acme") == SECRETS

    async def test_secrets_change_without_the_settings(self, directory: Directory) -> None:
        await directory.add_account(ACME, SECRETS)
        await directory.change_secrets("acme", AccountSecrets("new-hash"))
        assert await directory.secrets("acme") == AccountSecrets("new-hash", None)
        assert await directory.account("acme") == ACME

    async def test_only_what_exists_can_be_changed(self, directory: Directory) -> None:
        with pytest.raises(KeyError, match="nobody"):
            await directory.change_account(Account("nobody"))
        with pytest.raises(KeyError, match="nobody"):
            await directory.change_secrets("nobody", SECRETS)
        assert await directory.accounts() == []

    async def test_no_representation_shows_a_secret(self, directory: Directory) -> None:
        await directory.add_account(ACME, SECRETS)
        with pytest.raises(AccountExists) as refusal:
            await directory.add_account(ACME, SECRETS)
        shown = repr((directory, await directory.secrets("acme"), await directory.accounts(), refusal.value))
        assert "hash-of-the-pin" not in shown
        assert "whsec_" not in shown
