"""What the service counts of itself for a monitoring system: requests, errors, uploads, parses, the index."""

import os
from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from corpus.library import Health
from search_api.service.work.processes import SHARED

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_REQUEST_SECONDS: Final = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)
_UPLOAD_SECONDS: Final = (0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0)
OTHER: Final = "other"
"""The route of what no route takes: addresses that anybody may make up are no labels."""


class Metrics:
    """Counts of one application; where SHARED is set, told together with those of its other processes."""

    def __init__(self) -> None:
        self._own = own = CollectorRegistry()
        self._requests = Counter("svod_requests", "Requests answered.", ("method", "route", "status"), registry=own)
        self._seconds = Histogram(
            "svod_request_seconds", "From head to last byte.", ("route",), registry=own, buckets=_REQUEST_SECONDS
        )
        self._errors = Counter("svod_errors", "Refusals and failures by code.", ("code",), registry=own)
        self._open = Gauge("svod_uploads_open", "Uploads queued or at work.", registry=own, multiprocess_mode="livesum")
        self._parsed = Counter("svod_files_parsed", "Files of uploads by outcome.", ("outcome",), registry=own)
        self._uploads = Histogram("svod_upload_seconds", "From queue to end.", registry=own, buckets=_UPLOAD_SECONDS)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def erred(self, code: str) -> None:
        """Count an answer that is a problem."""
        self._errors.labels(code).inc()

    def queued(self) -> None:
        """Count an upload that waits or works."""
        self._open.inc()

    def ended(self, seconds: float) -> None:
        """Count an upload that ended, `seconds` after it was queued."""
        self._open.dec()
        self._uploads.observe(seconds)

    def parsed(self, outcome: str) -> None:
        """Count a file of an upload."""
        self._parsed.labels(outcome).inc()

    def told(self, health: Health) -> bytes:
        """Write everything, and the state of the index, as Prometheus reads it."""
        counted, index = self._own, CollectorRegistry()
        if folder := os.environ.get(SHARED):
            counted = CollectorRegistry()
            MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
        index.register(_Index(health))
        return generate_latest(counted) + generate_latest(index)


class _Index(Collector):
    """The index as it is when asked."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        yield GaugeMetricFamily("svod_ready", "Whether the library answers.", int(self._health.ready))
        yield GaugeMetricFamily("svod_documents", "Documents seen by who asks.", self._health.documents)
        yield GaugeMetricFamily("svod_clauses", "Clauses seen by who asks.", self._health.clauses)
