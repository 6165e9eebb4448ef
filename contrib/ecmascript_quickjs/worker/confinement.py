"""What a worker may not do, whatever becomes of it."""

import resource
import sys
import time

from mirabelle.contrib.ecmascript_quickjs.worker.system_calls import allow_only_what_is_needed

DESCRIPTORS = 32


def confine(address_space: int) -> None:
    """Give up what is not needed: memory beyond `address_space` bytes, files, processes, the network, core dumps.

    On Linux the system calls for these are gone; elsewhere only the limits of resources hold.
    """
    # Reads the file of the time zone, for Date.
    time.tzset()
    time.localtime()
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
    allow_only_what_is_needed()
