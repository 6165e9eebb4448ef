import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.delivering.schedule import DELAYS, next_try

# Contract, section 7.
CONTRACT = [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


def test_the_delays_are_those_of_the_contract() -> None:
    assert list(DELAYS) == CONTRACT
    assert [next_try(tries, 1000.0) for tries in range(1, 10)] == [1000.0 + delay for delay in CONTRACT[1:]]


def test_after_the_tenth_failure_there_is_none() -> None:
    assert next_try(10, 1000.0) is None
    assert next_try(11, 1000.0, wish=5) is None


@pytest.mark.parametrize(("wish", "delay"), [(None, 5), (0, 5), (3, 5), (120, 120), (10**9, 86400)])
def test_the_receiver_may_ask_for_more_time_but_not_for_ever(wish: float | None, delay: float) -> None:
    assert next_try(1, 1000.0, wish) == 1000.0 + delay


@given(st.integers(1, 9), st.floats(0, 86400))
def test_it_is_never_earlier_than_asked(tries: int, wish: float) -> None:
    at = next_try(tries, 0.0, wish)
    assert at is not None
    assert at >= wish
