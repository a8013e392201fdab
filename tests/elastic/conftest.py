"""Fixtures of the Elasticsearch tests; all run in one worker and share one node."""

from collections.abc import Iterator

import pytest

from corpus.elastic.library import ElasticLibrary
from tests import elasticsearch_node


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/elastic/" in item.path.as_posix():
            item.add_marker(pytest.mark.elasticsearch)
            item.add_marker(pytest.mark.xdist_group("elasticsearch"))


@pytest.fixture(scope="session")
def url() -> str:
    return elasticsearch_node.shared_url()


@pytest.fixture
def library(url: str) -> Iterator[ElasticLibrary]:
    """Give an empty library of its own."""
    library = ElasticLibrary(elasticsearch_node.patient(url), elasticsearch_node.new_prefix())
    yield library
    library.close()
    elasticsearch_node.drop(library)
