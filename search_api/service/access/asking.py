"""Who asks, and whether the way is open: decided once for every request, before its body is read."""

import hmac
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import unquote

import structlog
from anyio import CapacityLimiter
from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from corpus.errors import SvodError
from corpus.library import Library
from corpus.plain import JsonObject
from corpus.rights import keys
from corpus.rights.admitted import Admitted
from corpus.rights.funds import FUND, Rights, rights
from corpus.rights.people import USER, Person, UserRole
from corpus.rights.trail import noted
from search_api.http.edge.problems import ProblemError
from search_api.service.access.slowing import Slowing
from search_api.service.opened import Shelf
from search_api.service.settings import Settings
from search_api.service.tokens import CHALLENGE, Tokens, bearer, local_user, read_monitor

if TYPE_CHECKING:
    from search_api.service.access.provider import Provider

COOKIE: Final = "svod_session"
HOST_COOKIE: Final = "__Host-svod"
"""Over https: no other site's page nor a neighbour's subdomain can set it."""
NAME_COOKIE: Final = "svod_name"
"""The name a person at this machine gave, where nobody has a key."""
READERS_POST: Final = re.compile(
    r"/api/v1/(?:citations|citecheck)|/citecheck(?:/stream|/report|/list)?|/d/[a-z0-9-]{1,200}/quote"
)
"""What is posted because it is long, and changes nothing."""
OPEN: Final = ("/health/", "/login", "/logout", "/help", "/preferences")
"""What everybody may ask: it tells nothing of the library."""
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
METRICS: Final = "/metrics"
MONITOR: Final = Person("monitoring", UserRole.READER, via="monitoring")
"""Who comes with the monitoring system's own key, which opens METRICS and nothing else."""
THREADS = 8
"""For telling who asks and how the library is: never taken by searches or uploads."""
_KEPT = 128
"""Libraries as persons see them; each holds summaries and resolvers of its own."""


def cookie_name(asked: HTTPConnection) -> str:
    """Return the name of the session's cookie on this connection."""
    return HOST_COOKIE if asked.url.scheme == "https" else COOKIE


def named(told: str) -> str:
    """Return a name as it is kept: its blanks put right; "" for what is none."""
    name = " ".join(told.split())
    return name if len(name) <= 60 and name.isprintable() else ""


def own_name(asked: HTTPConnection) -> str:
    """Return the name the person at this machine gave once; "" before that."""
    return named(unquote(asked.cookies.get(NAME_COOKIE, "")))


class Access:
    """Tells who asks and gives each the library as he may see it."""

    def __init__(self, settings: Settings, shelf: Shelf, tokens: Tokens) -> None:
        self.settings, self._shelf, self.tokens = settings, shelf, tokens
        self.limiter = CapacityLimiter(THREADS)
        self.slowing, self._refused = Slowing(), Slowing()
        self._monitor = read_monitor(settings)
        self.provider = _provider(settings)
        self._kept: dict[tuple[Person, Rights | None], Admitted] = {}
        self._lock = threading.Lock()

    def entries(self) -> Sequence[JsonObject]:
        """Return the registers, authors of tokens as editors among the users."""
        found = list(self._shelf.fetch().registered(USER, keys.KEY, keys.SESSION, FUND))
        known = {e["key"] for e in found if e["register"] == USER}
        told = ({"register": USER, "key": name, "role": UserRole.EDITOR} for name in self.tokens.authors.values())
        return [*found, *(user for user in told if user["key"] not in known)]

    def governed(self, entries: Sequence[JsonObject]) -> bool:
        """Say whether users or keys are set, so that who asks must say who he is."""
        return any(e["register"] == USER for e in entries)

    def person(self, asked: HTTPConnection, entries: Sequence[JsonObject]) -> Person | None:
        """Return who asks; None for nobody known. Raise ProblemError for credentials that are none of ours."""
        if not self.governed(entries):
            if self.settings.loopback:
                _refuse_forwarded(asked)
                return Person(own_name(asked) or local_user(), UserRole.ADMIN, limited=False)
            return None
        told = asked.headers.getlist("authorization")
        if not told:
            return keys.holder(entries, asked.cookies.get(cookie_name(asked), ""), keys.SESSION)
        secret = bearer(told[0]) if len(told) == 1 else ""
        if asked.url.path == METRICS and self._monitor and hmac.compare_digest(secret.encode(), self._monitor.encode()):
            return MONITOR
        author = self.tokens.author(secret)
        known = keys.holder(entries, secret) or (
            Person(author, _role(entries, author), via="token") if author else None
        )
        if known is None:
            self._note_refused(asked.client.host if asked.client else "")
            raise ProblemError(
                "unauthorized",
                "Такого ключа нет. Заголовок пишется «Authorization: Bearer ключ»; ключ даёт тот, кто ведёт службу.",
                CHALLENGE,
            )
        return known

    def _note_refused(self, address: str) -> None:
        """Log a wrong key; note it in the trail too, the rarer the oftener an address errs, so that nobody fills it."""
        structlog.get_logger().warning("wrong key", address=address)
        if not self._refused.waits(address):
            self._refused.erred(address)
            with suppress(SvodError):  # a full disk makes no wrong key a right one
                noted(self._shelf.fetch(), Person("", UserRole.READER, via=address), "key-refused")

    def let_in(self, request: Request) -> None:
        """Find out who asks and keep it with the request; raise ProblemError where the way is not open."""
        path = request.url.path
        free = path.startswith(OPEN) and not path.startswith("/login/everywhere")
        try:
            entries = self.entries()
            request.state.person = person = self.person(request, entries)
            anonymous = Person("", UserRole.READER) if self.settings.open_reading else None
            seen_as = person or anonymous
            request.state.library = self._admitted(seen_as, entries) if seen_as else None
        except SvodError:
            request.state.person = request.state.library = None
            if not free:
                raise
            return
        if free:
            return
        if seen_as is None:
            raise self._closed(entries)
        if request.method not in _SAFE and not READERS_POST.fullmatch(path):
            if person is None:
                raise self._closed(entries)
            person.must(UserRole.EDITOR)

    def _admitted(self, person: Person, entries: Sequence[JsonObject]) -> Admitted:
        own = rights(entries, person) if person.limited else None
        with self._lock:
            found = self._kept.pop((person, own), None)
            library = self._shelf.fetch()
            if found is None or found.whole is not library.whole:  # it was opened anew
                found = Admitted(library, person, own)
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[person, own] = found
        return found

    def _closed(self, entries: Sequence[JsonObject]) -> ProblemError:
        if self.governed(entries):
            return ProblemError(
                "unauthorized",
                "Нужен ключ: на страницах войдите, в запросе пошлите заголовок Authorization: Bearer.",
                CHALLENGE,
            )
        return ProblemError(
            "forbidden",
            "Закрыто: служба доступна по сети, а пользователей нет. Заведите их: svod users add, svod keys make "
            "(или строки «ключ автор» в файле, названном в SVOD_TOKENS_FILE).",
        )


def _provider(settings: Settings) -> "Provider | None":
    if not settings.oidc_issuer:
        return None
    from search_api.service.access.provider import read_provider

    return read_provider(settings)


def _role(entries: Sequence[JsonObject], name: str) -> UserRole:
    return next(UserRole(e["role"]) for e in entries if (e["register"], e["key"]) == (USER, name))


def _refuse_forwarded(asked: HTTPConnection) -> None:
    """Refuse what a proxy brings from elsewhere to a service that takes everybody for the machine's owner."""
    if any(name in asked.headers for name in FORWARDED):
        raise ProblemError(
            "forbidden",
            "Запрос пришёл через посредника, а пользователи не заданы: всякий из сети был бы хозяином. "
            "Заведите пользователей и ключи: svod users add, svod keys make.",
        )


def known_person(request: Request) -> Person | None:
    """Return who asks, as `let_in` found out."""
    found: Person | None = getattr(request.state, "person", None)
    return found


def writing_author(request: Request) -> str:
    """Return the name of who writes; raise when nobody may."""
    person = known_person(request)
    if person is None:
        raise ProblemError("unauthorized", "Нужен ключ.", CHALLENGE)
    person.must(UserRole.EDITOR)
    return person.name


Author = Annotated[str, Depends(writing_author)]


def _library(request: Request) -> Admitted:
    found: Admitted = request.state.library
    return found


def whole_library(request: Request) -> Library:
    """Return the library with every fund, for what is true whoever asks; raise LibraryUnavailableError."""
    shelf: Shelf = request.app.state.shelf
    return shelf.fetch().whole


Opened = Annotated[Admitted, Depends(_library)]
"""The library as who asks is let into it."""


def _admin(request: Request) -> Person:
    person = known_person(request)
    if person is None:
        raise ProblemError("unauthorized", "Нужен ключ администратора.", CHALLENGE)
    person.must(UserRole.ADMIN)
    return person


Admin = Annotated[Person, Depends(_admin)]


def _monitoring(request: Request) -> Person:
    return MONITOR if known_person(request) is MONITOR else _admin(request)


Monitoring = Annotated[Person, Depends(_monitoring)]
