"""docker-compose.yml names what there is, limits what runs, shows no secret, and runs what the tests run."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from search_api.service.opening import ElasticsearchSettings
from search_api.service.settings import Settings
from tests.elasticsearch_node import SETTINGS, VERSION

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict] = COMPOSE["services"]
NODES = {name: s for name, s in SERVICES.items() if "discovery.type" in str(s) or "discovery.seed_hosts" in str(s)}
LASTING = {name: s for name, s in SERVICES.items() if s.get("restart") == "unless-stopped"}
DUMMY = {"ELASTIC_PASSWORD": "dummy-password"}
OURS = {"svod", "folder", "svod1", "svod2"}


def test_there_are_a_trial_and_a_cluster() -> None:
    assert set(NODES) == {"elasticsearch", "es1", "es2", "es3"}
    trial = {name for name, s in SERVICES.items() if "profiles" not in s}
    assert trial == {"certificates", "elasticsearch", "account", "svod"}
    assert {"svod1", "svod2", "proxy"} < set(SERVICES) - trial


@pytest.mark.parametrize("name", NODES)
def test_nodes_run_what_the_tests_run_with_security_on(name: str) -> None:
    environment = SERVICES[name]["environment"]
    assert SERVICES[name]["image"].partition("@")[0].endswith(f":{VERSION}")
    assert SETTINGS.items() <= environment.items()
    assert environment["xpack.security.enabled"] == environment["xpack.security.http.ssl.enabled"] == "true"
    assert environment["node.name"] == name


@pytest.mark.parametrize("name", SERVICES)
def test_every_name_leads_somewhere(name: str) -> None:
    service = SERVICES[name]
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert (ROOT / source).is_file() if source.startswith("./") else source in COMPOSE["volumes"]
    for secret in service.get("secrets", []):
        assert secret in COMPOSE["secrets"]
    for other, condition in service.get("depends_on", {}).items():
        profiles = set(SERVICES[other].get("profiles", []))
        assert profiles <= set(service.get("profiles", [])), "без профиля не запустится"
        if condition["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
    if "build" in service:
        assert (ROOT / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("name", SERVICES)
def test_limits_and_health(name: str) -> None:
    service = SERVICES[name]
    assert "mem_limit" in service
    if name in LASTING:
        assert {"healthcheck", "cpus", "logging"} <= set(service)
    assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_from_outside(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        if key.endswith(("PASSWORD", "API_KEY", "TOKENS")):
            assert value.startswith(f"${{{key}:?"), key
        if key.endswith("_FILE") and "CA" not in key:
            assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"]


@pytest.mark.parametrize("name", SERVICES)
def test_compose_can_hand_the_secrets_over(name: str) -> None:
    """Compose refuses to start a read-only service with secrets that are not files (docker/compose #12531)."""
    copied = [s for s in SERVICES[name].get("secrets", []) if "file" not in COMPOSE["secrets"][s]]
    assert not (copied and SERVICES[name].get("read_only"))


@pytest.mark.parametrize("name", ["svod", "svod1", "svod2"])
def test_the_service_knows_its_settings(name: str) -> None:
    known = {f"SVOD_ELASTICSEARCH_{field.upper()}" for field in ElasticsearchSettings.model_fields}
    known |= {f"SVOD_{field.upper()}" for field in Settings.model_fields} | {"SVOD_LIBRARY"}
    environment = SERVICES[name]["environment"]
    assert set(environment) <= known
    hosts = [
        environment["SVOD_LIBRARY"].rpartition("/")[0],
        *environment.get("SVOD_ELASTICSEARCH_HOSTS", "").split(","),
    ]
    assert {host.split("//")[1].split(":")[0] for host in hosts if host} <= set(NODES)


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service.get("cap_add", ())) <= {"CHOWN", "SETGID", "SETUID"}
    # Elasticsearch writes its keystore and logs beside its program.
    assert service.get("read_only", False) is (name not in NODES)
    if name in OURS:
        assert not service.get("cap_add")


def test_a_library_in_a_folder_is_kept_in_a_volume() -> None:
    folder = SERVICES["folder"]
    (volume,) = folder["volumes"]
    where = folder["environment"]["SVOD_LIBRARY"]
    assert where.startswith(volume.partition(":")[2] + "/")
    assert volume.partition(":")[0] in COMPOSE["volumes"]
    assert not any(where.startswith(path.partition(":")[0]) for path in folder["tmpfs"]), "it would be gone"


def test_secrets_are_kept_out_of_the_repository_and_of_the_image() -> None:
    assert {s["file"].split("/")[1] for s in COMPOSE["secrets"].values()} == {"secrets"}
    assert "secrets/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    kept = (ROOT / "docker/Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert kept[0] == "*"
    assert "!secrets" not in kept


PINNED = "sha256:" + "0123456789abcdef" * 4
REGISTRY = f"""#!/bin/sh
test "$1 $2 $3" = "buildx imagetools inspect" || exit 1
case "$4" in *nginx*) test -z "$AWAY" || exit 1;; esac
echo {PINNED}
"""


@pytest.mark.parametrize("away", [False, True])
def test_digests_are_written_beside_every_image_or_nowhere(tmp_path: Path, away: bool) -> None:
    """A program called docker answers as a registry does."""
    for name in ("docker-compose.yml", "docker/Dockerfile", "docker/digests.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/docker").write_text(REGISTRY)
    (tmp_path / "bin/docker").chmod(0o755)
    before = (tmp_path / "docker-compose.yml").read_text("utf-8")
    path = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "AWAY": "1" if away else ""}
    script = tmp_path / "docker/digests.sh"
    for _ in range(2):  # written over, not twice
        done = subprocess.run(["bash", str(script)], env=path, check=False, capture_output=True, text=True)
        assert (done.returncode == 0) is not away, done.stderr
    after = (tmp_path / "docker-compose.yml").read_text("utf-8")
    if away:
        assert after == before
        return
    images = {s["image"] for s in yaml.safe_load(after)["services"].values()} - {"svod"}
    images |= set(re.findall(r"^FROM (\S+)", (tmp_path / "docker/Dockerfile").read_text("utf-8"), re.MULTILINE))
    assert len(images) == 3
    assert all(re.fullmatch(rf"[\w./-]+:[\w.-]+@{PINNED}", image) for image in images), images
    assert after.replace(f"@{PINNED}", "") == before


def test_the_proxy_hands_the_services_own_503_on() -> None:
    """Asked of the next process, a 503 counts as a failure of both, and people get the proxy's bare 502."""
    conf = (ROOT / "docker/proxy.conf").read_text("utf-8")
    (tried,) = re.findall(r"proxy_next_upstream ([^;]+);", conf)
    assert set(tried.split()) == {"error", "timeout"}
    assert set(re.findall(r"server (\w+):8000", conf)) == {"svod1", "svod2"}


def test_docker_reads_it() -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("нет docker compose; файл проверен разбором выше")
    for profile in ([], ["--profile", "cluster"], ["--profile", "folder"]):
        done = subprocess.run(
            [docker, "compose", "-f", str(ROOT / "docker-compose.yml"), *profile, "config", "--quiet"],
            env={**os.environ, **DUMMY},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
