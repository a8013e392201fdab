"""Errors a person meets. The message is Russian, names the place and the remedy; `code` is for programs."""


class SvodError(Exception):
    """Anything expected to go wrong; str() is a Russian sentence for the person."""

    code = "error"


class InputError(SvodError):
    """A file that cannot be read or stored as it is."""

    code = "bad-input"


class NotFoundError(SvodError):
    """A document, provision or source the library does not hold."""

    code = "not-found"


def absent(document: str) -> NotFoundError:
    """Say that a library has no such document."""
    return NotFoundError(f"В библиотеке нет документа «{document}». Список документов: svod documents.")


class QueryError(SvodError):
    """A query outside the stated limits, or ambiguous where the language is strict."""

    code = "bad-query"


class ForbiddenError(SvodError):
    """What the person who asks may not do; of what may not be read NotFoundError is told instead."""

    code = "forbidden"


class CursorError(QueryError):
    """A cursor that cannot be read, or is another question's."""

    code = "bad-cursor"


class UsageError(InputError):
    """A library's address or a setting that is written wrongly."""

    code = "usage"


class ConflictError(SvodError):
    """Two writers met: the thing was changed since it was read."""

    code = "conflict"


class OtherBytesError(ConflictError):
    """A file of this name is stored with other bytes, and nobody said what is to become of it."""

    code = "other-bytes"


class LibraryBusyError(SvodError):
    """Another process is ingesting into the library; `retry_after` is in seconds."""

    code = "library-busy"

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class LibraryUnavailableError(SvodError):
    """The library cannot be reached, opened or written; `retry_after` is in seconds."""

    code = "library-unavailable"

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BusyError(SvodError):
    """More work than can be done at once; `retry_after` is in seconds."""

    code = "busy"

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooSlowError(SvodError):
    """A text that could not be read in the time one request has."""

    code = "too-slow"
