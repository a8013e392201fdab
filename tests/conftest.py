"""What all tests share: time to read files beside other tests, and groups that one xdist worker runs."""

import os

import pytest
from _pytest.nodeid import coerce_node_id

from tests.patterns import recording

recording.start()  # before anything imports what it watches
os.environ.setdefault("SVOD_READER_SECONDS", "60")
os.environ.setdefault("SVOD_UPLOAD_WAIT", "60")


def pytest_configure(config: pytest.Config) -> None:
    """Hold the patterns that reach re against tests.patterns."""
    from tests.patterns.report import Recording

    config.pluginmanager.register(Recording(), "patterns")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep groups together: pytest 9.2 keeps a node's id where xdist 3.8 no longer reaches it."""
    if not hasattr(config, "workerinput") or not config.getoption("loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        name = mark and (mark.args[0] if mark.args else mark.kwargs.get("name", "default"))
        if name and not item.nodeid.endswith(f"@{name}"):
            item._id = coerce_node_id(f"{item.nodeid}@{name}")
