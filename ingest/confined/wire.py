"""Frames between a confined child and the service: a head of JSON values and bytes, both of a told size."""

import json
import socket
import struct
import time

from corpus.plain import JsonObject

HEADER = struct.Struct("!II")
_PIECE = 1 << 20
_DEEP = (ValueError, RecursionError)

Head = JsonObject
Frame = tuple[Head, bytes]


class BrokenError(Exception):
    """The other side is gone, or what it says is no frame."""


class TooLargeError(Exception):
    """A frame is larger than was agreed."""


def pack(head: Head, blob: bytes = b"") -> bytes:
    """Write a frame."""
    written = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
    return HEADER.pack(len(written), len(blob)) + written + blob


def receive(sock: socket.socket, most: int | None = None, deadline: float | None = None) -> Frame:
    """Read a frame of `most` bytes by a deadline of the monotonic clock.

    Raise TimeoutError, TooLargeError, and BrokenError when the other side ends or writes what is no frame.
    """
    head_size, blob_size = HEADER.unpack(_exactly(sock, HEADER.size, deadline))
    if most is not None and head_size + blob_size > most:
        raise TooLargeError
    try:
        head = json.loads(_exactly(sock, head_size, deadline))
    except _DEEP as error:
        raise BrokenError from error
    if not isinstance(head, dict):
        raise BrokenError
    return head, bytes(_exactly(sock, blob_size, deadline))


def left(deadline: float) -> float:
    """Return the seconds until a deadline; raise TimeoutError when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _exactly(sock: socket.socket, size: int, deadline: float | None) -> bytearray:
    data = bytearray()
    while len(data) < size:
        if deadline is not None:
            sock.settimeout(left(deadline))
        try:
            piece = sock.recv(min(size - len(data), _PIECE))
        except ConnectionError as error:
            raise BrokenError from error
        if not piece:
            raise BrokenError
        data += piece
    return data
