"""New accounts: a random PIN and a signing secret, shown once."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from mirabelle.core.authentication.pins import PinChecker
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.types import Account, AccountSecrets

# Without the letters and digits that people mix up; 16 of them are 79 bits.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
PIN_LENGTH = 16


@dataclass(frozen=True, slots=True)
class IssuedSecrets:
    """What the owner of a new account must be told; nobody can be told again. `repr` shows nothing."""

    pin: str = field(repr=False)
    webhook_secret: str = field(repr=False)


def new_pin() -> str:
    """A random PIN of the greatest length that the contract allows."""
    return "".join(secrets.choice(_LETTERS) for _ in range(PIN_LENGTH))


def new_webhook_secret() -> str:
    """A random signing secret in the form of the Standard Webhooks specification: 32 bytes, base64, `whsec_` before."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def show_nobody(issued: IssuedSecrets) -> None:
    """Whoever asked for the account takes its secrets from what is returned."""


async def create_account(
    directory: Directory,
    pins: PinChecker,
    account: Account,
    pin: str | None = None,
    show: Callable[[IssuedSecrets], None] = show_nobody,
) -> IssuedSecrets:
    """Add the account with this PIN, or with a random one. Raises `AccountExists`, `ValueError` for a PIN too long.

    `show` is called before the account is there: no crash leaves one behind whose secrets nobody has seen.
    """
    issued = IssuedSecrets(new_pin() if pin is None else pin, new_webhook_secret())
    if not 1 <= len(issued.pin) <= PIN_LENGTH:
        raise ValueError(f"the PIN of {account.login!r} must have 1 to {PIN_LENGTH} characters")
    secrets_kept = AccountSecrets(await pins.hash(issued.pin), issued.webhook_secret)
    show(issued)
    await directory.add_account(account, secrets_kept)
    return issued
