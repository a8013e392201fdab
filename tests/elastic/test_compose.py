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
DUMMY = {
    "ELASTIC_PASSWORD": "dummy-password",
    "SVOD_ELASTICSEARCH_PASSWORD": "dummy-password",
    "SVOD_TOKENS": "0123456789abcdef author",
}


def test_there_are_a_trial_and_a_cluster() -> None:
    assert set(NODES) == {"elasticsearch", "es1", "es2", "es3"}
    trial = {name for name, s in SERVICES.items() if "profiles" not in s}
    assert trial == {"certificates", "elasticsearch", "account", "svod"}
    assert {"svod1", "svod2", "proxy"} < set(SERVICES) - trial


@pytest.mark.parametrize("name", NODES)
def test_nodes_run_what_the_tests_run_with_security_on(name: str) -> None:
    environment = SERVICES[name]["environment"]
    assert SERVICES[name]["image"].endswith(f":{VERSION}")
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
    for profile in ([], ["--profile", "cluster"]):
        done = subprocess.run(
            [docker, "compose", "-f", str(ROOT / "docker-compose.yml"), *profile, "config", "--quiet"],
            env={**os.environ, **DUMMY},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
