"""The service's log: one JSON object a line on standard error; tracebacks without local values (they hold texts)."""

import sys

import structlog


def configure() -> None:
    """Set the log up, for a service and for a command; standard error is looked up at each entry."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
