"""Who a client is: PINs, what guessing them costs, and the secrets of new accounts."""

from mirabelle.core.authentication.accounts import IssuedSecrets, create_account
from mirabelle.core.authentication.authenticator import Authenticator, BadLogin, ask_nobody
from mirabelle.core.authentication.locks import LockOptions
from mirabelle.core.authentication.pins import PinChecker, PinOptions, TooManyChecks

__all__ = [
    "Authenticator",
    "BadLogin",
    "IssuedSecrets",
    "LockOptions",
    "PinChecker",
    "PinOptions",
    "TooManyChecks",
    "ask_nobody",
    "create_account",
]
