"""A firm's own login by OpenID Connect: code with PKCE, and an id token that is checked whole.

The provider says who somebody is; what he may do stays with Svod: he must be among its users.
"""

import secrets
import threading
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from corpus.errors import ForbiddenError, LibraryUnavailableError, UsageError
from corpus.plain import JsonObject
from search_api.service.settings import Settings, is_loopback

SCOPE: Final = "openid email profile"
ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""Signatures of somebody's private key: neither «none» nor what whoever knows the client's secret could make."""
LEEWAY: Final = 60
"""Seconds two clocks may differ."""
_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Begun:
    """A login under way: what must come back, and what proves that it is the one that was begun here."""

    state: str
    nonce: str
    verifier: str

    def kept(self) -> str:
        """Write it for the browser to keep.

        >>> Begun.read(Begun("a", "b", "c").kept()), Begun.read("a.b"), Begun.read("")
        (Begun(state='a', nonce='b', verifier='c'), None, None)
        """
        return ".".join(astuple(self))

    @staticmethod
    def read(kept: str) -> "Begun | None":
        """Read what a browser kept."""
        parts = kept.split(".")
        return Begun(*parts) if len(parts) == 3 and all(parts) else None


def begun_now() -> Begun:
    """Begin a login."""
    return Begun(*(secrets.token_urlsafe(32) for _ in range(3)))


class Provider:
    """The firm's provider, asked for its description and keys when first needed, and for its keys when they change."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self.issuer, self._client, self._secret = settings.oidc_issuer, settings.oidc_client, secret
        self._claim, self._verify = settings.oidc_claim, str(settings.oidc_ca_file or "") or True
        self._lock = threading.Lock()
        self._described: JsonObject | None = None
        self._keys: KeySet | None = None

    def address(self, begun: Begun, back: str) -> str:
        """Return where the browser is sent; raise LibraryUnavailableError while the provider does not answer."""
        with self._session(back) as session:
            address, _ = session.create_authorization_url(
                self._told("authorization_endpoint"), state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier
            )
        return str(address)

    def name(self, code: str, begun: Begun, back: str) -> str:
        """Return whom a code that came back to `back` names.

        Raise ForbiddenError for a code or a token that is not to be believed, LibraryUnavailableError while the
        provider does not answer.
        """
        try:
            with self._session(back) as session:
                token = session.fetch_token(self._told("token_endpoint"), code=code, code_verifier=begun.verifier)
                claims = self._checked(str(token.get("id_token", "")), begun.nonce)
                if self._claim not in claims:  # it may be told at the other address alone
                    claims = self._more(session, claims)
        except (JoseError, AuthlibBaseError, ValueError) as error:
            raise _refused(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise _silent(self.issuer) from error
        name = claims.get(self._claim)
        if not isinstance(name, str) or not name.strip():
            raise _refused(f"в нём нет «{self._claim}»")
        if self._claim == "email" and claims.get("email_verified") is not True:
            raise _refused("адрес почты в нём не подтверждён")
        return " ".join(name.split())

    def _checked(self, token: str, nonce: str) -> JsonObject:
        """Return the claims of a token: signed by a key of the provider, from it, to us, now, in this login."""
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        try:
            read = jwt.decode(token, self._key_set(), registry=registry)
        except (InvalidKeyIdError, JoseError):  # the keys were changed since they were asked for
            read = jwt.decode(token, self._key_set(anew=True), registry=registry)
        wanted = {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self._client}}
        claims = CodeIDToken(read.claims, read.header, wanted, {"nonce": nonce, "client_id": self._client})
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    def _more(self, session: OAuth2Client, claims: JsonObject) -> JsonObject:
        """Return what the provider tells of the person beside the token; raise ValueError when it is of another."""
        told = session.get(self._told("userinfo_endpoint")).raise_for_status().json()
        if not isinstance(told, dict) or told.get("sub") != claims["sub"]:
            raise ValueError("userinfo of another subject")
        return told

    def _session(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self._client,
            client_secret=self._secret or None,
            scope=SCOPE,
            redirect_uri=back,
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            code_challenge_method="S256",
            timeout=_SECONDS,
            verify=self._verify,
        )

    def _told(self, name: str) -> str:
        """Return an address the provider tells of itself; raise LibraryUnavailableError for what is none of its."""
        with self._lock:
            if self._described is None:
                told = self._got(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                if told.get("issuer") != self.issuer:
                    raise LibraryUnavailableError(
                        f"Служба входа называет себя иначе, чем задано в SVOD_OIDC_ISSUER («{self.issuer}»). Исправьте."
                    )
                self._described = told
            address = str(self._described.get(name, ""))
        if not safe(address):
            raise LibraryUnavailableError(f"Служба входа не называет {name} адресом https.")
        return address

    def _key_set(self, *, anew: bool = False) -> KeySet:
        address = self._told("jwks_uri")
        with self._lock:
            if self._keys is None or anew:
                self._keys = KeySet.import_key_set(dict(self._got(address)))  # type: ignore[arg-type]
            return self._keys

    def _got(self, address: str) -> JsonObject:
        try:
            answer = httpx.get(address, timeout=_SECONDS, verify=self._verify)
            answer.raise_for_status()
            told = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _silent(self.issuer) from error
        if not isinstance(told, dict):
            raise _silent(self.issuer)
        return told


def safe(address: str) -> bool:
    """Say whether an address is one keys may be asked of: https, or this machine.

    >>> safe("https://id.example"), safe("http://127.0.0.1:9"), safe("http://id.example"), safe("")
    (True, True, False, False)
    """
    split = urlsplit(address)
    return bool(split.hostname) and (
        split.scheme == "https" or (split.scheme == "http" and is_loopback(split.hostname or ""))
    )


def read_provider(settings: Settings) -> Provider | None:
    """Return the provider of settings, None where none is set; raise UsageError for one that is not whole or bare."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client:
        raise UsageError("Задан SVOD_OIDC_ISSUER, но не SVOD_OIDC_CLIENT: имя, под которым служба входа знает Свод.")
    if not safe(settings.oidc_issuer):
        raise UsageError(
            f"«{settings.oidc_issuer}» — не адрес https: ответы службы входа подменил бы всякий на пути. "
            "Задайте SVOD_OIDC_ISSUER=https://…"
        )
    return Provider(settings, _secret(settings.oidc_secret_file))


def _secret(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Файл SVOD_OIDC_SECRET_FILE «{file}» не читается. Проверьте путь и права.") from error


def _refused(why: str) -> ForbiddenError:
    return ForbiddenError(f"Ответу службы входа верить нельзя: {why}. Войдите ещё раз или скажите администратору.")


def _silent(issuer: str) -> LibraryUnavailableError:
    return LibraryUnavailableError(f"Служба входа «{issuer}» не отвечает. Повторите позже или войдите по ключу.", 30)
