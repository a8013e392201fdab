"""System calls a confined child may not make: native code neither, whatever descriptors it closed before."""

import ctypes
import errno
import platform
import struct
import sys
from functools import cache
from typing import Final

_PR_SET_NO_NEW_PRIVS, _PR_GET_SECCOMP, _PR_SET_SECCOMP = 38, 21, 22
_MODE_FILTER: Final = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH = 0, 4
"""Where the kernel puts a call's number and architecture (seccomp_data)."""
_X32: Final = 0x40000000

# By name, so that the two tables can be read side by side: open and create files, names, sockets, programs, other
# processes, kernel facilities that widen what can be reached.
_X86: Final = {
    "open": 2, "openat": 257, "openat2": 437, "creat": 85, "open_by_handle_at": 304, "name_to_handle_at": 303,
    "unlink": 87, "unlinkat": 263, "rename": 82, "renameat": 264, "renameat2": 316, "mkdir": 83, "mkdirat": 258,
    "rmdir": 84, "link": 86, "linkat": 265, "symlink": 88, "symlinkat": 266, "chmod": 90, "fchmodat": 268,
    "chown": 92, "fchownat": 260, "truncate": 76, "mknod": 133, "mknodat": 259, "chdir": 80, "chroot": 161,
    "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "listen": 50, "execve": 59, "execveat": 322,
    "fork": 57, "vfork": 58, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kill": 62,
    "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "mount": 165, "umount2": 166, "unshare": 272,
    "setns": 308, "bpf": 321, "keyctl": 250, "add_key": 248, "request_key": 249, "io_uring_setup": 425,
    "memfd_create": 319, "userfaultfd": 323, "perf_event_open": 298, "inotify_init1": 294, "shmget": 29, "shmat": 30,
}  # fmt: skip
_ARM: Final = {
    "openat": 56, "openat2": 437, "open_by_handle_at": 265, "name_to_handle_at": 264, "unlinkat": 35, "renameat": 38,
    "renameat2": 276, "mkdirat": 34, "linkat": 37, "symlinkat": 36, "fchmodat": 53, "fchownat": 54, "truncate": 45,
    "mknodat": 33, "chdir": 49, "chroot": 51, "socket": 198, "socketpair": 199, "connect": 203, "bind": 200,
    "listen": 201, "execve": 221, "execveat": 281, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
    "kill": 129, "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "mount": 40, "umount2": 39,
    "unshare": 97, "setns": 268, "bpf": 280, "keyctl": 219, "add_key": 217, "request_key": 218,
    "io_uring_setup": 425, "memfd_create": 279, "userfaultfd": 282, "perf_event_open": 241, "inotify_init1": 26,
    "shmget": 194, "shmat": 196,
}  # fmt: skip
_KERNELS: Final = {"x86_64": (0xC000003E, _X86), "aarch64": (0xC00000B7, _ARM)}


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@cache
def supported() -> bool:
    """Say whether this kernel has filters of system calls and we know its numbers."""
    if sys.platform != "linux" or platform.machine() not in _KERNELS:
        return False
    return int(ctypes.CDLL(None, use_errno=True).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0)) >= 0


def refuse_calls() -> bool:
    """Have the kernel refuse these calls to this process for good; say whether it does."""
    if not supported():
        return False
    written = _filter(*_KERNELS[platform.machine()])
    held = ctypes.create_string_buffer(written, len(written))
    program = _Program(len(written) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0)


def _filter(architecture: int, calls: dict[str, int]) -> bytes:
    """Write the filter: another architecture's calls end the process, those of the table answer «not permitted»."""
    numbers = sorted(calls.values())
    lines = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, len(numbers) + 1, 0, _X32),
        *((_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
    ]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)
