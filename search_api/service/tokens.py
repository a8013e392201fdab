"""Tokens of settings: lines that name an author; and who works on this machine."""

import getpass
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

from corpus.errors import InputError
from corpus.library import Origin
from corpus.rights.keys import now
from search_api.service.settings import Settings

CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="svod"'}
_BEARER: Final = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] {1,8}([!-~]{1,400}+) {0,8}")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Authors by the digest of their token, so that no token stays in memory or in a traceback."""

    authors: dict[str, str] = field(default_factory=dict)

    def author(self, token: str) -> str | None:
        """Return whose token this is."""
        return self.authors.get(_digest(token))


def read_tokens(settings: Settings) -> Tokens:
    """Read lines "token author"; blank lines and those that begin with "#" say nothing.

    >>> read_tokens(Settings(tokens="0123456789abcdef Анна Серова")).author("0123456789abcdef")
    'Анна Серова'
    """
    text = settings.tokens
    if settings.tokens_file:
        try:
            text += "\n" + settings.tokens_file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"Файл ключей {settings.tokens_file} не читается: {error}.") from error
    authors = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        token, _, author = line.strip().partition(" ")
        if len(token) < 16 or not token.isascii() or not author.strip():
            raise InputError(
                "Строка ключа должна быть вида «ключ автор», ключ — от 16 латинских букв и цифр. "
                f"Новый ключ, например: {secrets.token_urlsafe(24)}"
            )
        authors[_digest(token)] = author.strip()
    return Tokens(authors)


NAMELESS = "Без имени"


def origin_now(author: str, fund: str = "") -> Origin:
    """Return the origin of what an author puts now into a fund."""
    return Origin(author, now(), fund)


def local_user() -> str:
    """Name the user of this machine; what a container calls everybody is nobody's name."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return NAMELESS
    return NAMELESS if name == "root" else name


def bearer(header: str) -> str:
    """Return the key an Authorization header brings; "" for none.

    >>> bearer("Bearer abc"), bearer("Basic abc")
    ('abc', '')
    """
    found = _BEARER.fullmatch(header)
    return found[1] if found else ""
