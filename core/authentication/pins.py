"""PinChecker: argon2 checks off the event loop, few at once, and a memory of those that were good."""

import asyncio
import hashlib
import hmac
import secrets
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.option_checks import at_least


class TooManyChecks(Exception):
    """So many PINs wait to be checked that another one would wait too long. Trying again later may help."""


@dataclass(frozen=True, slots=True)
class PinOptions:
    """`time_cost`, `memory_cost` (KiB) and `parallelism` are argon2id's, for new hashes; `checks` run at once.

    A good check is remembered for `remember` seconds, of at most `remembered` logins. At most `waiting` checks wait.
    """

    time_cost: int = 3
    memory_cost: int = 65536
    parallelism: int = 4
    checks: int = 2
    waiting: int = 200
    remember: float = 300.0
    remembered: int = 10_000

    def __post_init__(self) -> None:
        at_least(self, 1, "time_cost", "parallelism", "checks", "remembered")
        at_least(self, 0, "waiting", "remember")
        if self.memory_cost < 8 * self.parallelism:
            raise ValueError("memory_cost must be 8 KiB or more for each unit of parallelism")


@dataclass(frozen=True, slots=True)
class _Good:
    proof: bytes = field(repr=False)
    until: float


class PinChecker:
    """Checks a PIN against its hash. To be opened before use and closed after."""

    def __init__(self, options: PinOptions, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._hasher = PasswordHasher(options.time_cost, options.memory_cost, options.parallelism)
        self._threads = ThreadPoolExecutor(options.checks, thread_name_prefix="pin")
        self._key = secrets.token_bytes(32)
        self._good: OrderedDict[str, _Good] = OrderedDict()
        self._running: dict[bytes, asyncio.Future[bool]] = {}
        self._nobody = ""

    async def open(self) -> None:
        """Make the hash that stands in for those of unknown logins, so that they cost as much as others."""
        self._nobody = await self.hash(secrets.token_hex(8))

    async def close(self) -> None:
        """Let the checks that run come to their end."""
        await asyncio.to_thread(self._threads.shutdown)

    async def hash(self, pin: str) -> str:
        """The argon2id hash of a new PIN."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, pin)

    def remembers(self, login: str, pin: str, pin_hash: str | None) -> bool:
        """Whether this PIN was good for this hash a short while ago. A changed hash is another one."""
        good = self._good.get(login)
        if good is None or pin_hash is None:
            return False
        if good.until <= self._clock.monotonic():
            del self._good[login]
            return False
        return hmac.compare_digest(good.proof, self._proof(login, pin, pin_hash))

    def is_running(self, login: str, pin: str, pin_hash: str | None) -> bool:
        """Whether the very same check is under way, so that `check` would only wait for its outcome."""
        return self._proof(login, pin, pin_hash or self._nobody) in self._running

    async def check(self, login: str, pin: str, pin_hash: str | None) -> bool:
        """Whether the PIN is the one of the hash; None, for an unknown login, costs the same and is False.

        Raises `TooManyChecks`.
        """
        proof = self._proof(login, pin, pin_hash or self._nobody)
        running = self._running.get(proof)
        if running is None:
            running = self._start(proof, pin, pin_hash or self._nobody)
        good = await asyncio.shield(running) and pin_hash is not None
        if good:
            self._remember(login, proof)
        return good

    def _start(self, proof: bytes, pin: str, pin_hash: str) -> asyncio.Future[bool]:
        if len(self._running) >= self._options.checks + self._options.waiting:
            raise TooManyChecks
        check = asyncio.get_running_loop().run_in_executor(self._threads, self._verify, pin_hash, pin)
        self._running[proof] = check
        check.add_done_callback(lambda _: self._running.pop(proof, None))
        return check

    def _verify(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False

    def _proof(self, login: str, pin: str, pin_hash: str) -> bytes:
        digests = b"".join(
            hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest() for part in (login, pin, pin_hash)
        )
        return hmac.digest(self._key, digests, "sha256")

    def _remember(self, login: str, proof: bytes) -> None:
        self._good[login] = _Good(proof, self._clock.monotonic() + self._options.remember)
        self._good.move_to_end(login)
        while len(self._good) > self._options.remembered:
            self._good.popitem(last=False)
