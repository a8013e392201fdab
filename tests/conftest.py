"""Groups of tests that one xdist worker runs: pytest 9.2 keeps a node's id where xdist 3.8 no longer reaches it."""

import pytest
from _pytest.nodeid import coerce_node_id


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not hasattr(config, "workerinput") or not config.getoption("loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        name = mark and (mark.args[0] if mark.args else mark.kwargs.get("name", "default"))
        if name and not item.nodeid.endswith(f"@{name}"):
            item._id = coerce_node_id(f"{item.nodeid}@{name}")
