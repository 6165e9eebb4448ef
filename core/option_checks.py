"""What options dataclasses check of themselves, in words that name the key."""

import math


def at_least(options: object, lowest: float, *names: str) -> None:
    """Raise `ValueError` unless each of these numbers is finite and at least `lowest`."""
    for name in names:
        number = getattr(options, name)
        if not lowest <= number < math.inf:
            raise ValueError(f"{name} must be {lowest:g} or more")


def more_than_nothing(options: object, *names: str) -> None:
    """Raise `ValueError` unless each of these numbers is finite and above 0."""
    for name in names:
        number = getattr(options, name)
        if not 0 < number < math.inf:
            raise ValueError(f"{name} must be more than 0")
