"""The fields of queuecall: their names, lengths and how they are read (contract, section 2). Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mirabelle.core.api.answers import MASKED_PIN, Echo, ErrorCode, Refused, is_writable
from mirabelle.core.api.form import Sent

T = TypeVar("T")

# Longest values in characters, in the order of the contract's table; problems are reported in this order.
LONGEST: Mapping[str, int] = {
    "login": 128,
    "pin": 16,
    "phone_number": 128,
    "start_url": 255,
    "result_url": 255,
    "message_reference": 255,
    "call_parameters": 255,
    "campaign_parameters": 255,
    "max_retries": 20,
    "retry_interval": 20,
    "scheduled_timestamp": 20,
    "expiration_timestamp": 20,
    "scheduled_time": 80,
    "expiration_time": 80,
    "callee_detection": 20,
    "max_ring_time": 20,
    "time_zone": 64,
    "idempotency_key": 255,
}
OTHER_SPELLINGS: Mapping[str, str] = {"max_retry": "max_retries"}

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field. The message names the field."""

    code: ErrorCode
    message: str


class Fields:
    """The known fields of a request, and the problems found with them so far.

    A field with a problem reads as if it had not been sent; an empty one counts as not sent.
    """

    def __init__(self, sent: Iterable[Sent]) -> None:
        self._sent = [each for each in sent if _canonical(each.name) in LONGEST]
        self._values: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
        self._problems: dict[str, Problem] = {}
        for each in self._sent:
            self._take(each)

    def echoes(self, *, pin_in_clear: bool = False) -> list[Echo]:
        """The known fields in the order sent, as the answer repeats them."""
        return [
            Echo(each.name, MASKED_PIN if each.name == "pin" and not pin_in_clear else each.value)
            for each in self._sent
        ]

    def get(self, name: str) -> str | None:
        """The value; None when it was not sent, is empty or has a problem."""
        return None if name in self._problems else self._values.get(name) or None

    def required(self, name: str) -> str | None:
        """The value; None is a problem by then."""
        value = self.get(name)
        if value is None and name not in self._problems:
            self._problems[name] = Problem(ErrorCode.MISSING_FIELD, f"{name} is missing")
        return value

    def whole_number(self, name: str, default: int, lowest: int, highest: int, hint: str = "") -> int:
        """A whole number within limits; the default when there is none."""

        def read(text: str) -> int:
            number = int(text) if _WHOLE_NUMBER.fullmatch(text) else None
            if number is None or not lowest <= number <= highest:
                raise ValueError(f"is not a whole number from {lowest} to {highest}{hint}")
            return number

        return self.read(name, read, default)

    def read(self, name: str, read: Callable[[str], T], default: T) -> T:
        """What `read` makes of the value; its `ValueError` becomes a problem, and the default is returned."""
        value = self.get(name)
        if value is None:
            return default
        try:
            return read(value.strip())
        except ValueError as error:
            self.object(name, f"'{value}' {error}")
            return default

    def object(self, name: str, message: str) -> None:
        """Note a problem with a field; the first one of a field stays."""
        spelt = self._spelt.get(name, name)
        self._problems.setdefault(name, Problem(ErrorCode.BAD_FIELD, f"{spelt} {message}"))

    def refuse(self, *names: str) -> None:
        """Raise `Refused` with the problems of these fields, of all of them when none is named."""
        problems = [self._problems[name] for name in names or LONGEST if name in self._problems]
        if problems:
            raise Refused(problems[0].code, "; ".join(problem.message for problem in problems))

    def _take(self, sent: Sent) -> None:
        name = _canonical(sent.name)
        if name in self._spelt:
            both = "" if self._spelt[name] == sent.name else f" (also as {sent.name})"
            self.object(name, f"is sent twice{both}")
            return
        self._spelt[name], self._values[name] = sent.name, sent.value
        if sent.flaw:
            self.object(name, sent.flaw)
        elif not is_writable(sent.value):
            self.object(name, "contains characters that XML cannot hold")
        elif len(sent.value) > LONGEST[name]:
            self.object(name, f"is longer than {LONGEST[name]} characters (it has {len(sent.value)})")


def _canonical(name: str) -> str:
    return OTHER_SPELLINGS.get(name, name)
