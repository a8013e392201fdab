"""What is handed to who runs the service is whole: the bill of materials, the systemd unit."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.house.measures import ROOT

LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]*\])?==(\S+)", re.MULTILINE)


@pytest.mark.skipif(not find_spec("cyclonedx_py") and not os.environ.get("CI"), reason="нет cyclonedx-bom")
def test_the_bill_of_materials_names_every_locked_package(tmp_path: Path) -> None:
    """`make sbom` as the Makefile has it; what it writes is never committed."""
    rule = re.search(r"^sbom:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert rule
    line = rule[1].replace("\\\n", " ").replace("$(BIN)/cyclonedx-py", f"{sys.executable} -m cyclonedx_py")
    out = tmp_path / "svod.cdx.json"
    subprocess.run(line.replace("svod.cdx.json", str(out)).split(), cwd=ROOT, check=True, timeout=120)
    told = json.loads(out.read_text("utf-8"))
    locked = dict(LOCKED.findall((ROOT / "requirements.lock").read_text("utf-8")))
    assert len(locked) > 40
    assert {c["name"]: c["version"] for c in told["components"]} == locked
    assert all(any(r.get("hashes") for r in c["externalReferences"]) for c in told["components"])
    assert "*.cdx.json" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_the_tests_that_security_names_are_there() -> None:
    told = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs/security.md").read_text("utf-8"))
    assert len(told) > 40
    missing = [
        (file, name)
        for file, name in told
        if not (ROOT / file).is_file() or f"def {name}" not in (ROOT / file).read_text("utf-8")
    ]
    assert not missing


def test_the_unit_of_systemd_is_understood_and_holds_much_back(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("нет systemd-analyze")
    unit = tmp_path / "svod.service"
    text = (ROOT / "docker/svod.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/svod/bin/svod", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert "svod.service" not in done.stderr, done.stderr
    for said in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "SystemCallFilter="):
        assert said in text
