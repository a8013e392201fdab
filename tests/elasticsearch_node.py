"""A real Elasticsearch without Docker: Elastic's own server build from Maven Central, started and stopped by us.

The build has no `GET /`, no `_reindex`, no by-query calls, no scripts and only the plain analyzers, so what passes here
needs nothing of them. A cached copy is unpacked once; every node lives in a throw-away folder on free ports.

Run by hand: python -m tests.elasticsearch_node [nodes]   starts a cluster, prints its URLs, stops it at Ctrl+C.
"""

import atexit
import contextlib
import ctypes
import fcntl
import functools
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.elastic.client import Client
from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary

VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack"
NOBODY = 65534
STARTS_WITHIN = 300  # seconds; 8 on an idle machine

# What the tests run and docker-compose.yml repeats (tests/elastic/test_compose.py compares them).
SETTINGS = {
    "action.auto_create_index": "false",
    "action.destructive_requires_name": "true",
}
_LOG4J = """
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}]%marker %m%n%throwable
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""
# Measured: 0.4 GiB instead of 1.3, a third faster to start; fit for tests only.
_SMALL = "-XX:-AlwaysPreTouch -XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC"


class MissingError(Exception):
    """Java or Maven is not here, or the server cannot be had; the message says which."""


def _is_root() -> bool:
    return os.geteuid() == 0


def _cache() -> Path:
    """Return a folder that survives test runs; the unprivileged user of a node must be able to read it."""
    if where := os.environ.get("SVOD_TEST_CACHE"):
        return Path(where)
    if _is_root():
        return Path(tempfile.gettempdir()) / "svod-test-cache"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "svod-test"


def java_home() -> str:
    """Return the home of Java 17 or newer; raise MissingError."""
    java = shutil.which("java")
    if os.environ.get("ES_JAVA_HOME"):
        return os.environ["ES_JAVA_HOME"]
    if java is None:
        raise MissingError("нет Java (нужна 17 или новее)")
    home = Path(java).resolve().parent.parent
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = said.split('"')[1].split(".")[0] if '"' in said else "0"
    if int(number) < 17:
        raise MissingError(f"Java {number} стара (нужна 17 или новее)")
    return str(home)


def distribution() -> Path:
    """Return the unpacked server, fetched through Maven when it is not cached yet; raise MissingError."""
    java_home()
    cache = _cache()
    cache.mkdir(parents=True, exist_ok=True, mode=0o755)
    home = cache / f"elasticsearch-{VERSION}"
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (home / "bin/elasticsearch").exists():
            return home
        maven = shutil.which("mvn")
        if maven is None:
            raise MissingError("нет Maven (mvn)")
        with tempfile.TemporaryDirectory(dir=cache) as fresh:
            command = [maven, "-B", "-q", UNPACK, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={fresh}"]
            done = subprocess.run(command, capture_output=True, text=True, cwd=fresh, check=False, timeout=600)
            if done.returncode:
                raise MissingError(f"Maven не достал Elasticsearch: {done.stdout[-500:]}")
            Path(fresh).chmod(0o755)
            (Path(fresh) / home.name).rename(home)
    return home


def free_port() -> int:
    """Return a port free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """Ask Linux to stop the launcher when the test process dies in any way."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class Node:
    """One node on 127.0.0.1."""

    name: str
    base: Path
    http: int = field(default_factory=free_port)
    transport: int = field(default_factory=free_port)
    heap: str = "512m"
    small: bool = True
    home: Path | None = None
    scheme: str = "http"
    extra: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.http}"

    def start(self, seeds: list[str] | None = None, masters: list[str] | None = None) -> "Node":
        """Start the process; `seeds` and `masters` make it a member of a cluster, else it stands alone."""
        home = self.home or distribution()
        folder = self.base / self.name
        for part in ("config/jvm.options.d", "data", "logs", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        stock = (home / "config/jvm.options").read_text().splitlines()
        kept = [x for x in stock if not x.startswith("-Xlog:gc") and "HeapDumpOnOutOfMemory" not in x]
        (folder / "config/jvm.options").write_text("\n".join(kept) + "\n")
        (folder / "config/jvm.options.d/heap.options").write_text(f"-Xms{self.heap}\n-Xmx{self.heap}\n")
        (folder / "config/log4j2.properties").write_text(_LOG4J)
        settings = {
            "cluster.name": "svod-test",
            "node.name": self.name,
            "network.host": "127.0.0.1",
            "http.port": str(self.http),
            "transport.port": str(self.transport),
            "path.data": str(folder / "data"),
            "path.logs": str(folder / "logs"),
            "xpack.security.enabled": "false",
            "xpack.security.enrollment.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **SETTINGS,
            **self.extra,
        }
        if seeds is None:
            settings["discovery.type"] = "single-node"
        else:
            settings["discovery.seed_hosts"] = json.dumps(seeds)
            if masters:
                settings["cluster.initial_master_nodes"] = json.dumps(masters)
        (folder / "config/elasticsearch.yml").write_text("".join(f"{k}: {v}\n" for k, v in settings.items()))
        for name, content in self.files.items():
            (folder / "config" / name).write_bytes(content)
        env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(folder),
            "ES_JAVA_HOME": java_home(),
            "ES_PATH_CONF": str(folder / "config"),
            "ES_TMPDIR": str(folder / "tmp"),
            "LIBFFI_TMPDIR": str(folder / "tmp"),
            "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={folder / 'tmp'} -XX:TieredStopAtLevel=1",
            "ES_JAVA_OPTS": _SMALL if self.small else "",
        }
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _is_root() else {}
        if _is_root():
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
        with (folder / "console.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(home / "bin/elasticsearch")],
                env=env,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  prctl alone is called
                **who,
            )
        return self

    def wait(self, nodes: int = 1, within: float = STARTS_WITHIN, auth: str | None = None) -> "Node":
        """Wait until the node answers and its cluster has so many members and no red index."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if self.process and self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, ValueError, KeyError):
                state = self.ask("/_cluster/health?wait_for_status=yellow&timeout=1s", auth=auth)
                if state.get("status") in ("yellow", "green") and state["number_of_nodes"] >= nodes:
                    return self
            time.sleep(0.2)
        log = (self.base / self.name / "console.log").read_text(errors="replace")[-3000:]
        raise RuntimeError(f"узел {self.name} не поднялся за {within} с:\n{log}")

    def ask(self, path: str, body: object = None, method: str | None = None, auth: str | None = None) -> dict:
        """Call the node directly; raise OSError."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": auth} if auth else {})
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        # It is our own node on this machine; the product's client is what must verify certificates.
        trusting = ssl._create_unverified_context() if self.scheme == "https" else None
        try:
            with urllib.request.urlopen(request, timeout=10, context=trusting) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise OSError(f"{error.code} {error.read().decode(errors='replace')[:500]}") from error

    def server(self) -> int | None:
        """Return the process id of the server's JVM, the launcher's child."""
        if self.process is None or self.process.poll() is not None:
            return None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        found = children.read_text().split() if children.exists() else []
        for task in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            found += task.read_text().split()
        return int(found[0]) if found else None

    def kill(self) -> None:
        """End the server as a crash does (SIGKILL)."""
        pid = self.server()
        assert self.process is not None
        if pid:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(30)

    def pause(self) -> None:
        """Freeze the server: it takes connections and never answers."""
        os.kill(self.server() or 0, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.server() or 0, signal.SIGCONT)

    def stop(self) -> None:
        """Stop the node by its own process id."""
        if self.process is None or self.process.poll() is not None:
            return
        pid = self.server()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Cluster:
    """Several nodes of one cluster in a throw-away folder."""

    nodes: list[Node]
    base: Path

    @classmethod
    def start(cls, size: int = 1, auth: str | None = None, **options: object) -> "Cluster":
        """Start so many nodes and wait until they are one healthy cluster; raise MissingError."""
        distribution()
        base = Path(tempfile.mkdtemp(prefix="svod-es-"))
        base.chmod(0o755)
        nodes = [Node(f"n{i + 1}", base, **options) for i in range(size)]
        cluster = cls(nodes, base)
        try:
            for node in nodes:
                cluster.launch(node)
            for node in nodes:
                node.wait(size, auth=auth)
        except BaseException:
            cluster.stop()
            raise
        return cluster

    def launch(self, node: Node) -> None:
        """Start a node (again)."""
        if len(self.nodes) == 1:
            node.start()
        else:
            node.start([f"127.0.0.1:{n.transport}" for n in self.nodes], [n.name for n in self.nodes])

    @property
    def url(self) -> str:
        """Return the nodes' URLs, joined by commas as the settings take them."""
        return ",".join(node.url for node in self.nodes)

    def master(self) -> Node:
        """Return the elected master; raise OSError while there is none."""
        for node in self.nodes:
            if node.server() is None:
                continue
            with contextlib.suppress(urllib.error.URLError, OSError):
                state = node.ask("/_cluster/state/master_node,nodes")
                name = state["nodes"][state["master_node"]]["name"]
                return next(n for n in self.nodes if n.name == name)
        raise OSError("нет избранного узла")

    def stop(self) -> None:
        """Stop every node and remove the folder."""
        for node in self.nodes:
            node.stop()
        shutil.rmtree(self.base, ignore_errors=True)


@functools.cache
def shared_url() -> str:
    """Return the URL of the one node all tests of this process share; skip the test, or fail it in CI, without one."""
    if given := os.environ.get("SVOD_TEST_ELASTICSEARCH_URL"):
        return given.rstrip("/")
    cluster = started(1)
    atexit.register(cluster.stop)
    return cluster.url


def patient(url: str) -> Connection:
    """Return a connection for tests of answers, not of times: the machine that runs them may be busy."""
    return Connection((url,), within=20.0, patience=60.0)


def distribution_or_skip() -> Path:
    """Return the unpacked server; skip the test where none can be had, or fail it in CI."""
    try:
        return distribution()
    except MissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"нет Elasticsearch: {error}")


def started(size: int, **options: object) -> Cluster:
    """Start a cluster for a test; skip the test where none can be had, or fail it in CI."""
    distribution_or_skip()
    return Cluster.start(size, **options)


def drop(library: ElasticLibrary) -> None:
    """Remove a library's indices: many of them make every change of the cluster's state slow."""
    client = Client(library.connection)
    for index in client.indices(f"{library.prefix}-*"):
        client.drop(index)
    client.close()


def new_prefix() -> str:
    """Return a prefix no other library has."""
    return f"test-{uuid.uuid4().hex[:12]}"


if __name__ == "__main__":
    running = Cluster.start(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    print(running.url, flush=True)
    try:
        signal.pause()
    finally:
        running.stop()
