"""How to reach a cluster. Secrets are held, never shown."""

import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class Connection:
    """Hosts of one cluster and the credentials for it.

    `within` is how long, in seconds, one call may take in all before the library counts as unavailable; `patience`
    how long writing may go on trying while the cluster says it is busy (429, 503) or a node is lost.
    """

    hosts: tuple[str, ...]
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    within: float = 1.8
    patience: float = 1.8
    bulk_within: float = 60.0

    def __post_init__(self) -> None:
        """Take user and password out of the hosts, so that no message or log can show them; raise UsageError."""
        hosts, user, password = [], self.user, self.password
        for host in self.hosts:
            clean, found_user, found_password = _apart(host)
            hosts.append(clean)
            user, password = user or found_user, password or found_password
        if not hosts:
            raise UsageError("Не указан ни один узел Elasticsearch.")
        # Python's own error about such a header quotes it whole, secret and all.
        if self.api_key and not re.fullmatch("[!-~]++", self.api_key):
            raise UsageError(
                "В ключе API (SVOD_ELASTICSEARCH_API_KEY) есть пробелы, переносы строк или не латинские буквы. "
                "Нужен ключ в виде encoded."
            )
        if self.ca_file:
            _readable(self.ca_file)
        object.__setattr__(self, "hosts", tuple(dict.fromkeys(hosts)))
        object.__setattr__(self, "user", user)
        object.__setattr__(self, "password", password)

    @property
    def encrypted(self) -> bool:
        """Say whether any host is reached over TLS."""
        return any(host.startswith("https:") for host in self.hosts)

    @property
    def shown(self) -> str:
        """Return the hosts as they may stand in a message."""
        return ", ".join(self.hosts)


def _readable(ca_file: Path) -> None:
    """Raise UsageError unless the file holds certificates."""
    try:
        ssl.create_default_context(cafile=str(ca_file))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"В файле «{ca_file}» (SVOD_ELASTICSEARCH_CA_FILE) нет сертификата, который можно прочесть "
            f"({error.__class__.__name__}). Нужен PEM: -----BEGIN CERTIFICATE-----…"
        ) from None


def _apart(host: str) -> tuple[str, str | None, str | None]:
    """Split a host's URL into the bare URL with a port, the user and the password; raise UsageError."""
    parts = urlsplit(host.strip())
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1:
        bare = host.rpartition("@")[2]
        raise UsageError(f"Неверный адрес Elasticsearch: {bare}. Нужен вид http(s)://узел:9200.")
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default = 443 if parts.scheme == "https" else 9200
    clean = urlunsplit((parts.scheme, f"{name}:{port or default}", parts.path.rstrip("/"), "", ""))
    user = unquote(parts.username) if parts.username else None
    return clean, user, unquote(parts.password) if parts.password else None
