"""Every outgoing request of the platform goes through here: egress policy, time-outs, sizes."""

from mirabelle.core.fetching.addresses import EgressOptions, EgressPolicy
from mirabelle.core.fetching.http import FetchOptions, HttpFetcher, nothing_to_add

__all__ = ["EgressOptions", "EgressPolicy", "FetchOptions", "HttpFetcher", "nothing_to_add"]
