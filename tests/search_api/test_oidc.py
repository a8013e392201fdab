"""A firm's own login against a real provider: who is let in, and what of a provider's answer is not believed."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import flask
import httpx
import oidc_provider_mock
import pytest
import werkzeug.serving
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from oidc_provider_mock._storage import storage

from corpus.errors import UsageError
from corpus.library import Library
from corpus.rights.people import UserRole, set_user
from search_api.cli.serve import refuse_bare
from search_api.service.access.provider import read_provider
from search_api.service.settings import Settings
from tests.search_api.conftest import client_of

ANNA = "anna.serova@firma.example"
CLIENT = "svod"


@dataclass
class Firm:
    """A provider; `twist` changes claims, `signed` signs them otherwise, `keys` says what it publishes."""

    address: str = ""
    twist: Callable[[dict], object] = lambda claims: None
    signed: Callable[[dict, RSAKey], str] | None = None
    rotated: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))


def provider(firm: Firm) -> flask.Flask:
    """The provider's own application; only what leaves it is twisted, as a bad or a changed provider would."""
    people = [
        oidc_provider_mock.User(sub="anna", claims={"email": ANNA, "email_verified": True}),
        oidc_provider_mock.User(sub="boris", claims={"email": ANNA, "email_verified": False}),
        oidc_provider_mock.User(sub="vera", claims={"email": "vera@firma.example", "email_verified": True}),
    ]
    app = oidc_provider_mock.app(user_claims=people)

    @app.after_request
    def twisted(answer: flask.Response) -> flask.Response:
        if flask.request.path == "/jwks":
            answer.set_data(flask.json.dumps(KeySet([firm.key]).as_dict(private=False)))
        if flask.request.path == "/oauth2/token" and answer.status_code == 200:
            told = answer.get_json()
            own = RSAKey.import_key(storage.jwk.as_dict(is_private=True))
            claims = dict(jwt.decode(told["id_token"], own).claims)
            firm.twist(claims)
            header = {"alg": "RS256", "kid": firm.key.kid}
            told["id_token"] = firm.signed(claims, firm.key) if firm.signed else jwt.encode(header, claims, firm.key)
            answer.set_data(flask.json.dumps(told))
        return answer

    return app


@pytest.fixture(scope="module")
def served() -> Iterator[Firm]:
    firm = Firm()
    server = werkzeug.serving.make_server("127.0.0.1", 0, provider(firm), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    firm.address = f"http://127.0.0.1:{server.server_port}"
    yield firm
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def firm(served: Firm) -> Firm:
    served.twist, served.signed = (lambda claims: None), None
    return served


@pytest.fixture
def client(library: Library, firm: Firm, tmp_path: Path) -> Iterator[TestClient]:
    set_user(library, ANNA, UserRole.EDITOR)
    (tmp_path / "secret").write_text("firm-secret")
    settings = {"oidc_issuer": firm.address, "oidc_client": CLIENT, "oidc_secret_file": tmp_path / "secret"}
    with client_of(lambda: library, **settings) as client:
        yield client


def gone_there(client: TestClient, who: str = "anna") -> dict[str, str]:
    """Go to the provider as a browser does and say who one is; return what comes back."""
    there = client.get("/login/firm", follow_redirects=False).headers["Location"]
    asked = {k: v[0] for k, v in parse_qs(urlsplit(there).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/login/back"
    back = httpx.post(there, data={"sub": who}, follow_redirects=False).headers["Location"]
    return {k: v[0] for k, v in parse_qs(urlsplit(back).query).items()}


def entered(client: TestClient, who: str = "anna") -> int:
    return client.get("/login/back", params=gone_there(client, who)).status_code


def acts(library: Library) -> list[str]:
    return [note.said["act"] for note in library.trail() if note.said["act"].startswith("login")]


def test_who_the_provider_names_is_let_in(client: TestClient, library: Library) -> None:
    assert "/login/firm" in client.get("/login").text
    assert client.get("/api/v1/documents").status_code == 401
    answer = client.get("/login/back", params=gone_there(client))
    assert answer.status_code == 200
    cookies = answer.headers.get_list("set-cookie")
    assert any(
        c.startswith("svod_session=") and "samesite=strict" in c.lower() and "httponly" in c.lower() for c in cookies
    )
    assert 'http-equiv="refresh"' in answer.text
    assert ANNA in client.get("/").text
    assert client.delete(f"/api/v1/documents/{library.documents()[0].id}").status_code == 204
    assert [(n.said["act"], n.said["who"]) for n in library.trail()] == [("delete", ANNA), ("login", ANNA)]


def test_over_https_the_login_s_cookie_is_this_host_s_alone(client: TestClient) -> None:
    client.base_url = "https://127.0.0.1:8000"
    answer = client.get("/login/firm", follow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-svod-login=")
    assert all(word in cookie for word in ("Secure", "Path=/", "HttpOnly", "SameSite=lax"))
    assert "redirect_uri=https%3A%2F%2F" in answer.headers["Location"]


def part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unsigned(claims: dict, _: RSAKey) -> str:
    return f"{part(json.dumps({'alg': 'none'}).encode())}.{part(json.dumps(claims).encode())}."


def by_the_public_key(claims: dict, key: RSAKey) -> str:
    """What a careless reader takes for a signature: a digest keyed by what everybody knows."""
    head = {"alg": "HS256", "kid": key.kid}
    signed = f"{part(json.dumps(head).encode())}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.digest(key.as_pem(private=False), signed.encode(), 'sha256'))}"


def by_another(claims: dict, key: RSAKey) -> str:
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, RSAKey.generate_key(2048))


@pytest.mark.parametrize(
    "twist",
    [
        pytest.param(lambda c: c.update(iss="https://evil.example"), id="issuer"),
        pytest.param(lambda c: c.pop("iss"), id="no issuer"),
        pytest.param(lambda c: c.update(aud="another"), id="audience"),
        pytest.param(lambda c: c.update(aud=["another", "third"]), id="audiences"),
        pytest.param(lambda c: c.update(aud=[CLIENT, "another"], azp="another"), id="party"),
        pytest.param(lambda c: c.update(nonce="another"), id="nonce"),
        pytest.param(lambda c: c.pop("nonce"), id="no nonce"),
        pytest.param(lambda c: c.update(exp=int(time.time()) - 3600), id="expired"),
        pytest.param(lambda c: c.pop("exp"), id="no end"),
        pytest.param(lambda c: c.update(iat=int(time.time()) + 3600), id="made later"),
        pytest.param(lambda c: c.update(email=""), id="nobody"),
        pytest.param(lambda c: c.update(email_verified=False), id="unverified"),
        pytest.param(lambda c: c.update(email_verified="true"), id="verified by a word"),
        pytest.param(unsigned, id="alg none"),
        pytest.param(by_the_public_key, id="alg HS256 by the public key"),
        pytest.param(by_another, id="another's key"),
    ],
)
def test_what_is_not_to_be_believed_is_refused(
    client: TestClient, library: Library, firm: Firm, twist: Callable
) -> None:
    if twist in {unsigned, by_the_public_key, by_another}:
        firm.signed = twist
    else:
        firm.twist = twist
    assert entered(client) == 403
    assert client.get("/api/v1/documents").status_code == 401
    assert acts(library) == ["login-refused"]


def test_who_is_no_user_is_refused_with_the_remedy(client: TestClient, library: Library) -> None:
    answer = client.get("/login/back", params=gone_there(client, "vera"), headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert "svod users add" in answer.json()["detail"]
    assert entered(client, "boris") == 403, "his address is not verified"
    assert acts(library) == ["login-refused"] * 2


def test_keys_that_changed_are_asked_for_anew(client: TestClient, firm: Firm) -> None:
    assert entered(client) == 200
    firm.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert entered(client) == 200
    firm.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert entered(client) == 200, "under the same name too"


def test_only_a_login_begun_here_comes_back(client: TestClient, library: Library) -> None:
    told = gone_there(client)
    for wrong in ({**told, "state": "x"}, {"state": told["state"]}, {**told, "iss": "https://evil.example"}):
        assert client.get("/login/back", params=wrong).status_code == 403
    assert client.get("/login/back", params={**told, "code": "x"}).status_code in {403, 429}
    client.cookies.clear()
    assert client.get("/login/back", params=told).status_code in {403, 429}
    assert set(acts(library)) == {"login-refused"}
    assert client.get("/api/v1/documents").status_code == 401


def test_who_errs_often_waits(client: TestClient, library: Library) -> None:
    answers = [client.get("/login/back", params={"state": "x", "code": "y"}).status_code for _ in range(6)]
    assert (answers, acts(library)) == ([403] * 6, []), "a foreign page may have had the browser ask"
    client.get("/login/firm", follow_redirects=False)
    codes = [client.get("/login/back", params={"state": "x", "code": "y"}).status_code for _ in range(5)]
    assert codes[:3] == [403] * 3
    assert 429 in codes


def test_a_provider_that_is_away_or_another_is_told(library: Library, firm: Firm) -> None:
    set_user(library, ANNA, UserRole.EDITOR)
    for issuer in ("http://127.0.0.1:9", f"{firm.address}/"):
        with client_of(lambda: library, oidc_issuer=issuer, oidc_client=CLIENT) as client:
            answer = client.get("/login/firm", follow_redirects=False, headers={"Accept": "application/json"})
            assert (answer.status_code, "Служба входа" in answer.json()["detail"]) == (503, True), issuer


def test_without_a_provider_there_is_no_way(reading: TestClient) -> None:
    assert "/login/firm" not in reading.get("/login").text
    assert reading.get("/login/firm").status_code == 404


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"oidc_issuer": "https://id.example"}, "SVOD_OIDC_CLIENT"),
        ({"oidc_issuer": "http://id.example", "oidc_client": CLIENT}, "https"),
        ({"oidc_issuer": "id.example", "oidc_client": CLIENT}, "https"),
        ({"oidc_issuer": "https://id.example", "oidc_client": CLIENT, "oidc_secret_file": "/none"}, "SECRET_FILE"),
    ],
)
def test_settings_that_are_not_whole_are_refused_at_start(settings: dict, remedy: str) -> None:
    with pytest.raises(UsageError, match=remedy):
        read_provider(Settings(**settings))


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({"host": "0.0.0.0"}, True),
        ({"host": "0.0.0.0", "proxies": ("127.0.0.1",)}, False),
        ({"host": "0.0.0.0", "tls_certificate": "/etc/ssl/svod.pem"}, False),
        ({"host": "127.0.0.1"}, False),
    ],
)
def test_login_without_tls_beyond_the_machine_is_refused_at_start(settings: dict, refused: bool) -> None:
    told = Settings(oidc_issuer="https://id.example", oidc_client=CLIENT, **settings)
    if refused:
        with pytest.raises(UsageError, match="SVOD_TLS_CERTIFICATE"):
            refuse_bare(told, users=True)
    else:
        refuse_bare(told, users=True)
