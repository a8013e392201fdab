"""Who writes: a token names an author; on the loopback address without tokens it is the user of this machine."""

import getpass
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Depends, Request

from corpus.errors import InputError
from corpus.library import Origin
from search_api.http.edge.problems import ProblemError
from search_api.service.settings import Settings

COOKIE = "svod_token"
_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="svod"'}
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


def origin_now(author: str) -> Origin:
    """Return the origin of what an author puts now."""
    return Origin(author, datetime.now(UTC).isoformat(timespec="seconds"))


def local_user() -> str:
    """Name the user of this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


def known_author(request: Request) -> str | None:
    """Return whose token the request brings, in its header or else in the cookie; None for no token of ours."""
    settings: Settings = request.app.state.settings
    tokens: Tokens = request.app.state.tokens
    if not tokens.authors:
        return local_user() if settings.loopback else None
    told = request.headers.getlist("authorization")
    if not told:
        return tokens.author(request.cookies.get(COOKIE, ""))
    bearer = _BEARER.fullmatch(told[0]) if len(told) == 1 else None
    return tokens.author(bearer[1]) if bearer else None


def refuse_foreign(request: Request) -> None:
    """Refuse credentials that are none of ours, whatever is asked: who sends them must learn that they do not count.

    Without tokens nobody is told apart, and the header is another's: a proxy's before this service.
    """
    tokens: Tokens = request.app.state.tokens
    if tokens.authors and "authorization" in request.headers and known_author(request) is None:
        raise ProblemError(
            "unauthorized",
            "Такого ключа нет. Заголовок пишется «Authorization: Bearer ключ»; ключ даёт тот, кто ведёт службу.",
            _CHALLENGE,
        )


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
        _CHALLENGE,
    )


Author = Annotated[str, Depends(writing_author)]
