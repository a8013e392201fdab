"""Who writes: a token names an author; on the loopback address without tokens it is the user of this machine."""

import getpass
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from corpus.errors import InputError
from search_api.http.problems import ProblemError
from search_api.service.settings import Settings

COOKIE = "svod_token"


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
            raise InputError("Строка ключа должна быть вида «ключ автор», ключ — от 16 латинских букв и цифр. "
                             f"Новый ключ, например: {secrets.token_urlsafe(24)}")  # fmt: skip
        authors[_digest(token)] = author.strip()
    return Tokens(authors)


def local_user() -> str:
    """Name the user of this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


def known_author(request: Request) -> str | None:
    """Return who is writing, None where a token is needed and none is given; raise when the token is unknown."""
    settings: Settings = request.app.state.settings
    tokens: Tokens = request.app.state.tokens
    if not tokens.authors:
        return local_user() if settings.loopback else None
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    given = bearer.strip() if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
    if not given:
        return None
    author = tokens.author(given)
    if author is None and scheme:
        raise ProblemError("unauthorized", "Такого ключа нет. Получите ключ у того, кто ведёт службу.",
                           {"WWW-Authenticate": 'Bearer realm="svod"'})  # fmt: skip
    return author


def writing_author(request: Request) -> str:
    """Return who is writing; raise when nobody may."""
    author = known_author(request)
    if author is not None:
        return author
    if not request.app.state.tokens.authors:
        raise ProblemError(
            "forbidden", "Запись закрыта: служба доступна по сети, а ключи не заданы (SVOD_TOKENS_FILE)."
        )
    raise ProblemError(
        "unauthorized",
        "Для записи нужен ключ: на страницах войдите, в запросе пошлите заголовок Authorization: Bearer.",
        {"WWW-Authenticate": 'Bearer realm="svod"'},
    )


Author = Annotated[str, Depends(writing_author)]
