"""A secured node over HTTPS: credentials, and what happens when it hangs, dies and comes back."""

import base64
import logging
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from starlette.testclient import TestClient

from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.errors import InputError, LibraryUnavailableError, SvodError, UsageError
from corpus.library import Put
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from search_api.http.app import create_app
from search_api.service.opening import open_library, shown
from search_api.service.settings import Settings
from tests import elasticsearch_node
from tests.elastic.samples import EVERY, version_file, versions_seen
from tests.elasticsearch_node import Cluster, Node

USER, CLERK, PASSWORD = "svod", "clerk", "trial-password"
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
_BCRYPT = "$2a$10$abcdefghijklmnopqrstuu04mSq9UO4TquRw.6UrpMOpaCmrYJYlO"
PREFIX = "trial"
WITHIN = 2.0
ON_A_BUSY_MACHINE = 0.5


def certificate(folder: Path) -> tuple[bytes, Path]:
    """Make a key store for 127.0.0.1 and the certificate a client must trust."""
    store, pem = folder / "http.p12", folder / "ca.pem"
    common = ["-keystore", str(store), "-storepass", PASSWORD, "-alias", "http", "-storetype", "PKCS12"]
    made = [
        "keytool",
        "-genkeypair",
        *common,
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-validity",
        "2",
        "-dname",
        "CN=svod-test",
        "-ext",
        "san=ip:127.0.0.1",
    ]
    subprocess.run(made, check=True, capture_output=True)
    subprocess.run(["keytool", "-exportcert", *common, "-rfc", "-file", str(pem)], check=True, capture_output=True)
    return store.read_bytes(), pem


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, Path]]:
    elasticsearch_node.distribution_or_skip()
    store, pem = certificate(tmp_path_factory.mktemp("keys"))
    cluster = elasticsearch_node.started(
        1,
        auth=BASIC,
        scheme="https",
        extra={
            # So few writes may wait that some are refused (429) as soon as many come at once.
            # So little may come in one request that bulks must be parted, and one long clause is too long.
            "http.max_content_length": "3mb",
            "thread_pool.write.size": "1",
            "thread_pool.write.queue_size": "1",
            "xpack.security.enabled": "true",
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.keystore.path": "http.p12",
            "xpack.security.http.ssl.keystore.password": PASSWORD,
        },
        files={
            "http.p12": store,
            "users": f"{USER}:{_BCRYPT}\n{CLERK}:{_BCRYPT}\n".encode(),
            "users_roles": f"superuser:{USER}\nclerk:{CLERK}\n".encode(),
            "roles.yml": f"clerk:\n  indices:\n    - names: ['{PREFIX}-*']\n      privileges: [all]\n".encode(),
        },
    )
    yield cluster, pem
    cluster.stop()


@pytest.fixture(scope="module")
def node(secured: tuple[Cluster, Path]) -> Node:
    return secured[0].nodes[0]


@pytest.fixture(scope="module")
def ca(secured: tuple[Cluster, Path]) -> Path:
    return secured[1]


@pytest.fixture
def library(node: Node, ca: Path) -> Iterator[ElasticLibrary]:
    connection = Connection((node.url,), user=USER, password=PASSWORD, ca_file=ca)
    library = ElasticLibrary(connection, elasticsearch_node.new_prefix())
    yield library
    library.close()


def told(call) -> tuple[str, float]:
    """Return the message of the LibraryUnavailableError a call raises, and after how many seconds."""
    start = time.monotonic()
    with pytest.raises(LibraryUnavailableError) as error:
        call()
    return str(error.value), time.monotonic() - start


def test_basic_auth_and_ca_file_from_the_environment(node: Node, ca: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_ELASTICSEARCH_USER", USER)
    monkeypatch.setenv("SVOD_ELASTICSEARCH_PASSWORD", PASSWORD)
    monkeypatch.setenv("SVOD_ELASTICSEARCH_CA_FILE", str(ca))
    library = open_library(f"{node.url}/{PREFIX}-basic")
    assert library.put(version_file("а.txt", 1)).put is Put.STORED
    assert len(versions_seen(library)) == 1


def test_rights_on_the_prefix_alone_are_enough(
    node: Node, ca: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    monkeypatch.setenv("SVOD_ELASTICSEARCH_USER", CLERK)
    monkeypatch.setenv("SVOD_ELASTICSEARCH_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("SVOD_ELASTICSEARCH_CA_FILE", str(ca))
    library = open_library(f"{node.url}/{PREFIX}-clerk")
    for version in (1, 2):
        library.put(version_file("а.txt", version))
    library.decide({"key": "a", "value": 1})
    assert library.reindex() > 0
    assert library.check() == []
    assert library.health().ready
    message, _ = told(lambda: open_library(f"{node.url}/other").documents())
    assert "SVOD_ELASTICSEARCH_API_KEY" in message


class Door(BaseHTTPRequestHandler):
    """Keeps the credentials it is shown, and refuses them (the test build cannot make API keys)."""

    shown: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        self.shown.append(self.headers["Authorization"])
        self.send_response(401)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"error": {"type": "security_exception"}, "status": 401}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_an_api_key_is_sent_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "key").write_text("a2V5OnNlY3JldA==\n")
    monkeypatch.setenv("SVOD_ELASTICSEARCH_API_KEY_FILE", str(tmp_path / "key"))
    with HTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        library = open_library(f"http://127.0.0.1:{server.server_port}/svod")
        message, _ = told(library.documents)
        server.shutdown()
    assert set(Door.shown) == {"ApiKey a2V5OnNlY3JldA=="}
    assert "a2V5OnNlY3JldA" not in message + repr(library.__dict__) + "".join(capsys.readouterr())


@pytest.mark.parametrize("key", ["тайна", "two words", "line\nbreak"])
def test_a_key_that_no_header_can_carry_is_told_and_never_shown(key: str) -> None:
    with pytest.raises(UsageError, match="SVOD_ELASTICSEARCH_API_KEY") as error:
        Connection(("http://127.0.0.1:9200",), api_key=key)
    assert key not in str(error.value)


def test_a_password_may_be_russian() -> None:
    Door.shown.clear()
    with HTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        told(ElasticLibrary(Connection((url,), user="юрист", password="пароль"), "svod").documents)
        server.shutdown()
    assert {base64.b64decode((sent or "").removeprefix("Basic ")).decode() for sent in Door.shown} == {"юрист:пароль"}


def test_a_setting_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_ELASTICSEARCH_PATIENCE", "долго")
    with pytest.raises(UsageError, match="SVOD_ELASTICSEARCH_PATIENCE") as error:
        open_library("http://127.0.0.1:9200/svod")
    assert "долго" not in str(error.value)


@pytest.mark.parametrize("user", [USER, "nobody"])
def test_a_wrong_password_is_told_and_never_shown(
    node: Node, ca: Path, user: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    where = node.url.replace("https://", f"https://{user}:wrong-secret@")
    library = ElasticLibrary(Connection((where,), ca_file=ca), "svod")
    message, _ = told(lambda: library.recall(EVERY, 1))
    assert "учётные данные" in message
    health = library.health()
    assert not health.ready
    everything = [
        message,
        health.detail,
        repr(library._client.connection),
        shown(f"{where}/svod"),
        caplog.text,
        *capsys.readouterr(),
    ]
    assert not any("wrong-secret" in text for text in everything)


def test_an_unknown_certificate_is_refused(node: Node, tmp_path: Path) -> None:
    """A certificate of another authority, or none at all, is told with the setting that mends it."""
    _, other = certificate(tmp_path)
    for given in (None, other):
        library = ElasticLibrary(Connection((node.url,), user=USER, password=PASSWORD, ca_file=given), "svod")
        message, _ = told(library.documents)
        assert node.url in message
        assert "Сертификату" in message
        assert "SVOD_ELASTICSEARCH_CA_FILE" in message


@pytest.mark.parametrize("content", [None, "", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"])
def test_a_ca_file_that_is_none_is_told(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(InputError, match=r"ca\.pem.*SVOD_ELASTICSEARCH_CA_FILE"):
        Connection(("https://127.0.0.1:9200",), ca_file=file)


def test_a_ca_file_does_no_harm_where_nothing_is_encrypted(ca: Path) -> None:
    nowhere = f"http://127.0.0.1:{elasticsearch_node.free_port()}"
    message, _ = told(ElasticLibrary(Connection((nowhere,), ca_file=ca), "svod").documents)
    assert "нет связи" in message


def test_an_unknown_host_is_told() -> None:
    message, _ = told(ElasticLibrary("http://no-such-host.invalid:9200", "svod").documents)
    assert "нет узла с таким именем" in message


def test_writes_refused_by_a_busy_node_are_sent_again(node: Node, library: ElasticLibrary, ca: Path) -> None:
    patient = Connection((node.url,), user=USER, password=PASSWORD, ca_file=ca, patience=60.0)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        other = ElasticLibrary(patient, library.prefix)
        try:
            for version in (1, 2):
                other.put(version_file(f"{number}.txt", version))
        except BaseException as error:
            failures.append(error)
        other.close()

    library.put(version_file("первый.txt", 1))
    before = _refused(node)
    rounds = 0
    while _refused(node) == before and rounds < 5:
        threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rounds += 1
    assert not failures
    assert _refused(node) > before
    assert len(versions_seen(library)) == 11
    assert library.check() == []


def test_what_the_server_finds_too_large_is_parted_or_reported(node: Node, ca: Path) -> None:
    """A bulk above the server's limit is sent in parts; a single record above it stops its own file alone."""
    patient = Connection((node.url,), user=USER, password=PASSWORD, ca_file=ca, within=20.0, patience=60.0)
    library = ElasticLibrary(patient, elasticsearch_node.new_prefix())
    many = version_file("много.txt", 1, articles=6000)
    first, second, third = library.put_many([many, _of_one_clause("длинный.txt", 120_000), version_file("б.txt", 1)])
    assert isinstance(second, InputError)
    assert "длинный.txt" in str(second)
    assert "max_content_length" in str(second)
    assert not isinstance(first, SvodError)
    assert not isinstance(third, SvodError)
    assert {d.source for d in library.documents()} == {"много.txt", "б.txt"}
    assert library.check() == []


def _of_one_clause(name: str, words: int) -> SourceFile:
    text = " ".join(f"слово{n}" for n in range(words))
    instrument = Instrument(InstrumentType.ACT, "Акт", provisions=(Provision("body", Kind.BODY, text),))
    return SourceFile(name, f"hash of {name}", "text", "utf-8", "текст", instruments=(instrument,))


def _refused(node: Node) -> int:
    stats = node.ask("/_nodes/stats/thread_pool?filter_path=nodes.*.thread_pool.write.rejected", auth=BASIC)
    return sum(n["thread_pool"]["write"]["rejected"] for n in stats["nodes"].values())


def test_a_hanging_node(node: Node, library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 1))
    node.pause()
    try:
        for call in (
            lambda: library.recall(EVERY, 1),
            lambda: library.put(version_file("а.txt", 2)),
        ):
            message, seconds = told(call)
            assert "недоступен" in message
            assert seconds < WITHIN + ON_A_BUSY_MACHINE
        start = time.monotonic()
        assert not library.health().ready
        assert time.monotonic() - start < WITHIN + ON_A_BUSY_MACHINE
    finally:
        node.resume()
    assert list(versions_seen(library).values()) == [{1}]


def test_a_dead_node_and_its_return(secured: tuple[Cluster, Path], node: Node, library: ElasticLibrary) -> None:
    """The service answers 503 while the node is away, and 200 afterwards, by the same process and library."""
    for version in (1, 2):
        library.put(version_file("а.txt", version))
    (document,) = library.documents()
    settings = Settings()
    with TestClient(create_app(lambda: library, settings), base_url="http://127.0.0.1") as client:
        assert client.get("/health/ready").status_code == 200
        node.kill()
        for path in ("/health/ready", "/api/v1/documents", f"/api/v1/documents/{document.id}"):
            start = time.monotonic()
            answer = client.get(path)
            assert time.monotonic() - start < WITHIN + ON_A_BUSY_MACHINE
            assert answer.status_code == 503
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert int(answer.headers["retry-after"]) > 0
        page = client.get(f"/d/{document.id}", headers={"accept": "text/html"})
        assert page.status_code == 503
        assert "недоступ" in page.text
        assert client.get("/health/live").status_code == 200
        _, seconds = told(lambda: library.put(version_file("а.txt", 3)))
        assert seconds < WITHIN + ON_A_BUSY_MACHINE
        secured[0].launch(node)
        node.wait(auth=BASIC)
        end = time.monotonic() + 30
        while client.get("/health/ready").status_code != 200 and time.monotonic() < end:
            time.sleep(0.2)
        assert client.get("/api/v1/documents").status_code == 200
        assert list(versions_seen(library).values()) == [{2}]
        assert library.put(version_file("а.txt", 3)).put is Put.REPLACED
        assert library.check() == []


def test_no_node_at_all_is_told_at_once() -> None:
    nowhere = f"http://127.0.0.1:{elasticsearch_node.free_port()}"
    library = ElasticLibrary(nowhere, "svod")
    message, seconds = told(library.documents)
    assert nowhere in message
    assert seconds < WITHIN
    with pytest.raises(SvodError):
        library.put(version_file("а.txt", 1))
