"""The service's log: one JSON object a line on standard error; tracebacks without local values (they hold texts)."""

import logging
import sys

import structlog


class _Forwarding(logging.Handler):
    """Writes what the rooms below the service log as entries of its log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write an entry."""
        structlog.get_logger().log(record.levelno, record.getMessage(), exc_info=record.exc_info)


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
    below = logging.getLogger("corpus")
    below.handlers, below.propagate = [_Forwarding()], False
