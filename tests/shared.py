"""The texts and scorers beside the clone; tests that need them are skipped without, except in CI."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def need(path=""):
    """Return a path under shared/; skip where it is absent (fail in CI)."""
    found = SHARED / path
    if not found.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{found} is missing in CI")
        pytest.skip(f"{found} is not here")
    return found
