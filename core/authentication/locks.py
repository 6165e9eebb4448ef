"""Locks: after a number of bad PINs a login is shut for a while. Pure; the time is an argument."""

from collections import OrderedDict
from dataclasses import dataclass, field

from mirabelle.core.option_checks import at_least, more_than_nothing


@dataclass(frozen=True, slots=True)
class LockOptions:
    """`guesses` bad PINs within `within` seconds lock the login for `locked` seconds. `logins` bounds the memory."""

    guesses: int = 10
    within: float = 60.0
    locked: float = 60.0
    logins: int = 10_000

    def __post_init__(self) -> None:
        at_least(self, 1, "guesses", "logins")
        more_than_nothing(self, "within", "locked")


@dataclass(slots=True)
class _Record:
    bad: list[float] = field(default_factory=list)
    guessing: int = 0
    locked_until: float = float("-inf")


class Locks:
    """Counts bad PINs by login, whether the login exists or not.

    A guess is counted when it begins: many at the same moment are not more guesses than one after the other.
    """

    def __init__(self, options: LockOptions) -> None:
        self._options = options
        self._records: OrderedDict[str, _Record] = OrderedDict()

    def is_locked(self, login: str, now: float) -> bool:
        """Whether no PIN may be tried for this login now, good or bad."""
        record = self._records.get(login)
        return record is not None and now < record.locked_until

    def begin(self, login: str, now: float) -> bool:
        """Begin a guess. False: as many are under way or have failed as may be; nothing was begun."""
        if self.is_locked(login, now):
            return False
        record = self._record(login, now)
        if len(record.bad) + record.guessing >= self._options.guesses:
            return False
        record.guessing += 1
        return True

    def end(self, login: str, now: float, *, bad: bool) -> None:
        """End a guess that was begun."""
        record = self._record(login, now)
        record.guessing = max(0, record.guessing - 1)
        if bad:
            self._count(record, now)

    def count(self, login: str, now: float) -> None:
        """A bad PIN that was not a guess of its own: the same as one that was under way."""
        self._count(self._record(login, now), now)

    def _count(self, record: _Record, now: float) -> None:
        record.bad.append(now)
        if len(record.bad) >= self._options.guesses:
            record.bad.clear()
            record.locked_until = now + self._options.locked

    def _record(self, login: str, now: float) -> _Record:
        record = self._records.setdefault(login, _Record())
        self._records.move_to_end(login)
        record.bad[:] = [at for at in record.bad if at > now - self._options.within]
        while len(self._records) > self._options.logins:
            self._records.popitem(last=False)
        return record
