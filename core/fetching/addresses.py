"""Which IP addresses the platform may connect to. Pure; the connector asks before every connection.

The table is the IANA special-purpose registries, written out: `ipaddress.is_global` changes with the release of Python.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class EgressOptions:
    """Where outgoing requests may go beyond the public Internet.

    `allow_private` opens loopback, private, carrier-grade and link-local networks, for a laptop. `allow` and `refuse`
    are networks such as "10.20.0.0/16" (anything else raises `ValueError`); `refuse` wins over `allow`, and `allow`
    over everything else.
    """

    allow_private: bool = False
    allow: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _networks("allow", self.allow)
        _networks("refuse", self.refuse)


@dataclass(frozen=True, slots=True)
class _Special:
    network: Network
    kind: str
    private: bool = False


def _specials(kind: str, *networks: str, private: bool = False) -> list[_Special]:
    return [_Special(ip_network(network), kind, private) for network in networks]


# The first match counts: a metadata service hands out credentials, so `allow_private` does not reach it.
_TABLE = [
    *_specials(
        "a cloud metadata service",
        "169.254.169.254/32",
        "169.254.170.2/32",
        "100.100.100.200/32",
        "168.63.129.16/32",
        "fd00:ec2::254/128",
    ),
    *_specials("loopback", "127.0.0.0/8", "::1/128", private=True),
    *_specials("a private network", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", private=True),
    *_specials("a carrier-grade private network", "100.64.0.0/10", private=True),
    *_specials("link-local", "169.254.0.0/16", "fe80::/10", private=True),
    *_specials("an unspecified address", "0.0.0.0/8", "::/128"),
    *_specials("multicast", "224.0.0.0/4", "ff00::/8"),
    *_specials("documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    *_specials("reserved", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"),
    *_specials("a tunnel into other networks", "2001::/23", "2002::/16"),
]
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


def _networks(option: str, texts: tuple[str, ...]) -> tuple[Network, ...]:
    networks = []
    for text in texts:
        try:
            networks.append(ip_network(text))
        except ValueError as error:
            raise ValueError(f"{option}: {text!r} is not a network such as 10.20.0.0/16: {error}") from None
    return tuple(networks)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, when the network below would go there."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


class EgressPolicy:
    """Says of an address whether it may be connected to."""

    def __init__(self, options: EgressOptions) -> None:
        self._allow_private = options.allow_private
        self._allow = _networks("allow", options.allow)
        self._refuse = _networks("refuse", options.refuse)

    def objection(self, text: str) -> str | None:
        """Why this address, as the socket would use it, must not be contacted; None when it may be."""
        try:
            address = _inner(ip_address(text.partition("%")[0]))
        except ValueError:
            return "not an IP address"
        if any(address in network for network in self._refuse):
            return "refused by the configuration"
        if any(address in network for network in self._allow):
            return None
        return self._special(address)

    def _special(self, address: Address) -> str | None:
        for special in _TABLE:
            if address in special.network:
                return None if special.private and self._allow_private else special.kind
        if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
            return "reserved"
        return None
