"""What a worker may not do, whatever becomes of it."""

import resource
import sys

DESCRIPTORS = 32


def confine(address_space: int) -> None:
    """Give up what is not needed: memory beyond `address_space` bytes, files, core dumps."""
    limits = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS knows RLIMIT_AS, and refuses it.
        if sys.platform == "linux" or limit != resource.RLIMIT_AS:
            resource.setrlimit(limit, (allowed, allowed))
