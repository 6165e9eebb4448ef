import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.api.rate_limits import RateLimit, RateOptions, address_key


def test_a_burst_and_then_the_rate() -> None:
    limit = RateLimit(RateOptions(rate=2, burst=3))
    assert [limit.take("ann", 10) for _ in range(4)] == [0, 0, 0, 0.5]
    assert limit.take("ann", 10.25) == 0.25
    assert limit.take("ann", 10.5) == 0
    assert limit.take("ann", 10.5) == 0.5


def test_a_rest_fills_the_bucket_but_not_beyond() -> None:
    limit = RateLimit(RateOptions(rate=2, burst=3))
    for _ in range(3):
        limit.take("ann", 0)
    assert [limit.take("ann", 1000) for _ in range(4)] == [0, 0, 0, 0.5]


def test_everybody_has_a_bucket() -> None:
    limit = RateLimit(RateOptions(rate=1, burst=1))
    assert [limit.take(who, 0) for who in ("ann", "bob", "ann")] == [0, 0, 1]


def test_a_rate_of_nothing_is_no_limit() -> None:
    limit = RateLimit(RateOptions(rate=0, burst=1))
    assert [limit.take("ann", 0) for _ in range(100)] == [0] * 100


@pytest.mark.parametrize("options", [{"rate": -1}, {"burst": 0}])
def test_nonsense_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        RateOptions(**options)


@given(st.lists(st.text(max_size=3)))
def test_memory_is_bounded(names: list[str]) -> None:
    limit = RateLimit(RateOptions(remembered=5))
    for name in names:
        limit.take(name, 0)
    assert len(limit._buckets) <= 5


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("un:usual", "un:usual"),
        (None, ""),
    ],
)
def test_a_network_of_ipv6_is_one_customer(address: str | None, key: str) -> None:
    assert address_key(address) == key
