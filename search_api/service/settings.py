"""What the service is told: by the command line, by SVOD_… variables, by files they name."""

import ipaddress
import socket
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1024 * 1024


class Settings(BaseSettings):
    """Settings of one service; sizes in bytes.

    `names` are host names under which people reach the service (a proxy's name, say); `tokens` holds lines "token
    author", `tokens_file` names a file of such lines; `open_reading` lets everybody read where users are set;
    `proxies` are addresses whose word on scheme and client is taken; `plain_login` allows login without TLS, for a
    service that only another one on the same machine reaches; `parse_seconds` and `parse_memory` limit the parsing
    of one uploaded file; `upload_wait` are seconds an upload is waited for before its job's address is answered.
    """

    model_config = SettingsConfigDict(env_prefix="SVOD_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    tokens: str = ""
    tokens_file: Path | None = None
    open_reading: bool = False
    session_hours: float = Field(default=12.0, gt=0, le=720)
    proxies: tuple[str, ...] = ()
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    plain_login: bool = False
    max_file: int = Field(default=64 * MIB, gt=0)
    max_upload: int = Field(default=256 * MIB, gt=0)
    max_body: int = Field(default=4 * MIB, gt=0)
    parse_seconds: float = Field(default=900.0, gt=0)
    parse_memory: int = Field(default=3072 * MIB, ge=512 * MIB)
    upload_wait: float = Field(default=4.5, ge=0, le=600)

    @property
    def loopback(self) -> bool:
        """Say whether only this machine can reach the service."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Say whether an address or name means this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("::1")
    (True, True, False, True)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def allowed_host(host: str, settings: Settings) -> bool:
    """Say whether a Host header's name may be meant for this service.

    A rebinding attack needs a name of the attacker's, so addresses are safe where the service listens on more than
    the loopback; names must be known.
    """
    if settings.loopback:
        return is_loopback(host) or host in settings.names
    try:
        ipaddress.ip_address(host)
    except ValueError:
        known = {"localhost", settings.host, socket.gethostname(), *settings.names}
        return host.lower() in {name.lower() for name in known}
    return True
