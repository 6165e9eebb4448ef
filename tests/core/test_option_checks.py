"""Options that make no sense are refused when they are made, by the name of the key."""

from typing import Any

import pytest

from mirabelle.core.api.rate_limits import RateOptions
from mirabelle.core.api.url_probes import ProbeOptions
from mirabelle.core.authentication import LockOptions, PinOptions
from mirabelle.core.fetching import FetchOptions

INFINITY = float("inf")
NONSENSE: list[tuple[type, str, Any, str]] = [
    (PinOptions, "time_cost", 0, "1 or more"),
    (PinOptions, "memory_cost", 31, "8 KiB or more for each unit of parallelism"),
    (PinOptions, "waiting", -1, "0 or more"),
    (PinOptions, "remember", INFINITY, "0 or more"),
    (LockOptions, "guesses", 0, "1 or more"),
    (LockOptions, "within", 0, "more than 0"),
    (LockOptions, "locked", INFINITY, "more than 0"),
    (ProbeOptions, "timeout", 0, "more than 0"),
    (ProbeOptions, "redirects", -1, "0 or more"),
    (ProbeOptions, "remembered", 0, "1 or more"),
    (FetchOptions, "connections", 0, "1 or more"),
    (FetchOptions, "keep_alive", float("nan"), "0 or more"),
    (RateOptions, "rate", -1, "0 or more"),
    (RateOptions, "burst", 0, "1 or more"),
]


@pytest.mark.parametrize(("options", "name", "value", "words"), NONSENSE)
def test_nonsense_is_refused_by_name(options: type, name: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must be {words}$"):
        options(**{name: value})


def test_a_user_agent_cannot_smuggle_headers() -> None:
    with pytest.raises(ValueError, match=r"^user_agent must be printable characters$"):
        FetchOptions(user_agent="x\r\nHost: y")


@pytest.mark.parametrize("options", [PinOptions, LockOptions, ProbeOptions, FetchOptions, RateOptions])
def test_the_defaults_make_sense(options: type) -> None:
    assert options() == options()
