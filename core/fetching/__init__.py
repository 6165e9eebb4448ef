"""Every outgoing request of the platform goes through here: egress policy, time-outs, sizes, what is kept."""

from mirabelle.core.fetching.addresses import EgressOptions, EgressPolicy
from mirabelle.core.fetching.cache import CacheOptions, HttpCache
from mirabelle.core.fetching.http import FetchOptions, HttpFetcher, nothing_to_add

__all__ = [
    "CacheOptions",
    "EgressOptions",
    "EgressPolicy",
    "FetchOptions",
    "HttpCache",
    "HttpFetcher",
    "nothing_to_add",
]
