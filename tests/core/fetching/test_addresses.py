import pytest

from mirabelle.core.fetching import EgressOptions, EgressPolicy

PUBLIC = [
    "8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "172.32.0.1", "100.128.0.1",
]  # fmt: skip
PRIVATE = [
    "127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1",
    "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "::ffff:192.168.0.1", "fd00::1", "fc00::1",
    "100.64.0.1", "100.127.255.255", "169.254.1.1", "fe80::1", "fe80::1%eth0",
]  # fmt: skip
NEVER = [
    "169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254", "100.100.100.200",
    "168.63.129.16", "0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0", "224.0.0.1", "239.255.255.250", "ff02::1",
    "ff0e::1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "192.0.0.1", "2001:db8::1", "2002:7f00:1::",
    "2001:0:7f00:1::1", "::7f00:1", "64:ff9b:1::7f00:1", "fec0::1", "100::1", "4000::1", "5f00::1",
]  # fmt: skip
NO_ADDRESSES = ["", "localhost", "127.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "1.2.3", "::g", "1.2.3.4/8"]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_open(address: str) -> None:
    assert EgressPolicy(EgressOptions()).objection(address) is None


@pytest.mark.parametrize("address", [*PRIVATE, *NEVER, *NO_ADDRESSES])
def test_everything_else_is_refused(address: str) -> None:
    assert EgressPolicy(EgressOptions()).objection(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_networks_can_be_allowed(address: str) -> None:
    assert EgressPolicy(EgressOptions(allow_private=True)).objection(address) is None


@pytest.mark.parametrize("address", [*NEVER, *NO_ADDRESSES])
def test_allowing_private_networks_allows_nothing_more(address: str) -> None:
    assert EgressPolicy(EgressOptions(allow_private=True)).objection(address)


def test_a_network_can_be_allowed_alone() -> None:
    policy = EgressPolicy(EgressOptions(allow=("10.20.0.0/16", "fd12::/16")))
    assert policy.objection("10.20.3.4") is None
    assert policy.objection("::ffff:10.20.3.4") is None
    assert policy.objection("fd12::9") is None
    assert policy.objection("10.21.3.4") == "a private network"


def test_a_refused_network_stays_refused() -> None:
    options = EgressOptions(allow_private=True, allow=("10.0.0.0/8",), refuse=("10.0.0.5/32", "8.8.8.0/24"))
    policy = EgressPolicy(options)
    assert policy.objection("10.0.0.4") is None
    assert policy.objection("10.0.0.5") == "refused by the configuration"
    assert policy.objection("8.8.8.8") == "refused by the configuration"


@pytest.mark.parametrize("option", ["allow", "refuse"])
def test_what_is_no_network_is_named(option: str) -> None:
    with pytest.raises(ValueError, match=rf"^{option}: '10\.0\.0\.0/33' is not a network"):
        EgressOptions(**{option: ("10.0.0.0/33",)})  # type: ignore[arg-type]
