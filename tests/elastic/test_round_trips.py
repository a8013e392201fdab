"""The states of a page of hits cost two requests at most, and none once they were read."""

import logging

import pytest

from corpus.effects.lives import lives
from corpus.elastic.library import ElasticLibrary
from ingest.pipeline import parse_bytes
from tests.search_api.dated import FILES

ON = "2026-01-01"
REQUESTS = "elastic_transport.transport"


def test_states_of_a_page(library: ElasticLibrary, caplog: pytest.LogCaptureFixture) -> None:
    list(library.put_many([parse_bytes(text.encode(), name) for name, text in FILES.items()]))
    caplog.set_level(logging.INFO, REQUESTS)
    told = lives(library)
    page = [s.id for s in library.documents()]
    touched = [id_ for id_ in page if not told.alone(id_)]
    assert len(touched) >= 2
    assert any(r.name == REQUESTS for r in caplog.records), "requests are not counted"

    def requests_for_a_page() -> int:
        caplog.clear()
        told.fetch(page)
        for id_ in page:
            told.short(id_, ON)
        return sum(r.name == REQUESTS for r in caplog.records)

    assert requests_for_a_page() <= 2
    assert requests_for_a_page() == 0
