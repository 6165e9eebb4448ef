"""The system calls of a worker: seccomp of Linux. All others fail with EPERM, as if the user were not allowed to.

What is allowed is memory, threads of its own, clocks, and the socket that is open already.
"""

import ctypes
import errno
import platform
import struct
import sys
from typing import Final

PR_SET_NO_NEW_PRIVS: Final = 38
PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2
CLONE_THREAD: Final = 0x10000

ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050000 | errno.EPERM
# glibc tries clone3 first and goes on with clone, whose flags can be looked at here.
UNKNOWN: Final = 0x00050000 | errno.ENOSYS
CLONE3: Final = 435

LOAD: Final = 0x20
IS_EQUAL: Final = 0x15
HAS_BITS: Final = 0x45
RETURN: Final = 0x06
NUMBER_AT: Final = 0
MACHINE_AT: Final = 4
FIRST_ARGUMENT_AT: Final = 16

# machine -> its number in the kernel's audit, `clone`, and the calls that are allowed
MACHINES: Final[dict[str, tuple[int, int, dict[str, int]]]] = {
    "x86_64": (
        0xC000003E,
        56,
        {
            "read": 0,
            "write": 1,
            "close": 3,
            "fstat": 5,
            "poll": 7,
            "lseek": 8,
            "mmap": 9,
            "mprotect": 10,
            "munmap": 11,
            "brk": 12,
            "rt_sigaction": 13,
            "rt_sigprocmask": 14,
            "rt_sigreturn": 15,
            "select": 23,
            "sched_yield": 24,
            "mremap": 25,
            "madvise": 28,
            "nanosleep": 35,
            "getpid": 39,
            "sendto": 44,
            "recvfrom": 45,
            "exit": 60,
            "gettimeofday": 96,
            "sysinfo": 99,
            "sigaltstack": 131,
            "setpriority": 141,
            "gettid": 186,
            "time": 201,
            "futex": 202,
            "sched_getaffinity": 204,
            "set_tid_address": 218,
            "restart_syscall": 219,
            "clock_gettime": 228,
            "clock_getres": 229,
            "clock_nanosleep": 230,
            "exit_group": 231,
            "pselect6": 270,
            "ppoll": 271,
            "set_robust_list": 273,
            "getcpu": 309,
            "getrandom": 318,
            "membarrier": 324,
            "rseq": 334,
        },
    ),
    "aarch64": (
        0xC00000B7,
        220,
        {
            "close": 57,
            "lseek": 62,
            "read": 63,
            "write": 64,
            "pselect6": 72,
            "ppoll": 73,
            "fstat": 80,
            "exit": 93,
            "exit_group": 94,
            "set_tid_address": 96,
            "futex": 98,
            "set_robust_list": 99,
            "nanosleep": 101,
            "clock_gettime": 113,
            "clock_getres": 114,
            "clock_nanosleep": 115,
            "sched_getaffinity": 123,
            "sched_yield": 124,
            "restart_syscall": 128,
            "sigaltstack": 132,
            "rt_sigaction": 134,
            "rt_sigprocmask": 135,
            "rt_sigreturn": 139,
            "setpriority": 140,
            "getcpu": 168,
            "gettimeofday": 169,
            "getpid": 172,
            "gettid": 178,
            "sysinfo": 179,
            "sendto": 206,
            "recvfrom": 207,
            "brk": 214,
            "munmap": 215,
            "mremap": 216,
            "mmap": 222,
            "mprotect": 226,
            "madvise": 233,
            "getrandom": 278,
            "membarrier": 283,
            "rseq": 293,
        },
    ),
}


class Filter(ctypes.Structure):
    """A program for the kernel: how many instructions of eight bytes, and where."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def allow_only_what_is_needed() -> bool:
    """For this thread and those that it starts, for good. Whether the kernel has agreed: old ones may not know how."""
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    instructions = program(*machine)
    control = ctypes.CDLL(None, use_errno=True).prctl
    control.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    loaded = Filter(len(instructions) // 8, instructions)
    unprivileged: int = control(PR_SET_NO_NEW_PRIVS, 1, None, 0, 0)
    filtered: int = control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(loaded), 0, 0)
    return unprivileged == filtered == 0


def program(audit: int, clone: int, allowed: dict[str, int]) -> bytes:
    """The filter as classic BPF: code, jump when it holds, jump when it does not, operand."""
    numbers = sorted(allowed.values())
    made = [
        (LOAD, 0, 0, MACHINE_AT),
        (IS_EQUAL, 1, 0, audit),
        (RETURN, 0, 0, REFUSE),
        (LOAD, 0, 0, NUMBER_AT),
        (IS_EQUAL, 0, 1, CLONE3),
        (RETURN, 0, 0, UNKNOWN),
        (IS_EQUAL, 0, 4, clone),
        (LOAD, 0, 0, FIRST_ARGUMENT_AT),
        (HAS_BITS, 0, 1, CLONE_THREAD),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    for left, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
        made.append((IS_EQUAL, left, 0, number))
    made += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in made)
