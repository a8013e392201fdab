"""The names a library's indices bear in a cluster, and making them."""

import re
from dataclasses import dataclass

from corpus.elastic import mapping
from corpus.elastic.client import Client
from corpus.elastic.control import Control, ControlState
from corpus.errors import UsageError
from corpus.plain import JsonObject

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Names:
    """Aliases and index names of one library."""

    prefix: str

    def __post_init__(self) -> None:
        """Refuse what Elasticsearch takes for no index name."""
        if not _PREFIX.fullmatch(self.prefix) or ".." in self.prefix:
            raise UsageError(
                f"Неверный префикс библиотеки «{self.prefix}» в адресе http(s)://узел:9200/префикс: нужны строчные "
                "латинские буквы, цифры, «-», «_» и «.»; первым — буква или цифра."
            )

    @property
    def clauses(self) -> str:
        """Return the alias of the clauses' index in use."""
        return f"{self.prefix}-{mapping.CLAUSES}"

    @property
    def store(self) -> str:
        """Return the alias of the truth."""
        return f"{self.prefix}-{mapping.STORE}"

    @property
    def control(self) -> str:
        """Return the alias of the control document."""
        return f"{self.prefix}-{mapping.CONTROL}"

    def index(self, part: str, number: int) -> str:
        """Return the name of an index as this program makes it (`svod-store-v1-000001`)."""
        version = mapping.FORMAT if part == mapping.CLAUSES else mapping.SCHEMA
        return f"{self.prefix}-{part}-v{version}-{number:06}"

    def number(self, index: str) -> int:
        """Return the running number in an index's name."""
        return int(index.rpartition("-")[2])

    def mine(self, index: str, part: str) -> bool:
        """Say whether an index is a version of this library's part (another prefix may begin like ours)."""
        return bool(re.fullmatch(re.escape(f"{self.prefix}-{part}") + r"-v[\d.]+-\d{6,}", index))


def prepare(client: Client, names: Names, control: Control) -> None:
    """Make the indices of a new library; several processes may do so at once."""
    for part in (mapping.CLAUSES, mapping.STORE, mapping.CONTROL):
        alias = f"{names.prefix}-{part}"
        make(client, names.index(part, 1), part, alias)
    control.create(ControlState(names.index(mapping.CLAUSES, 1)))


def make(client: Client, index: str, part: str, alias: str | None = None) -> None:
    """Make an index, behind its alias from the first moment."""
    body: dict[str, JsonObject] = mapping.body(part)
    client.create(index, {**body, **({"aliases": {alias: {}}} if alias else {})})
