"""When a result is posted again (contract, section 7). Pure."""

MINUTE, HOUR = 60.0, 3600.0

# Before each try, counted from the failure of the one before: about three days in all.
DELAYS = (0.0, 5.0, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
LONGEST_WISH = 24 * HOUR


def next_try(tries: int, now: float, wish: float | None = None) -> float | None:
    """When to post again after `tries` failures; None: that was the last.

    `wish` is what the receiver asked to wait (Retry-After). It is never posted to earlier than it asked, up to a day,
    nor earlier than the schedule says.
    """
    if tries >= len(DELAYS):
        return None
    return now + max(DELAYS[tries], min(wish or 0.0, LONGEST_WISH))
