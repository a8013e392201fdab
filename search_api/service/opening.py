"""Opening the library that `--library` or SVOD_LIBRARY names."""

from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import UsageError
from corpus.library import Library
from search_api.http.edge.problems import fault

_SCHEMES = ("http://", "https://")


class ElasticsearchSettings(BaseSettings):
    """How to reach Elasticsearch (SVOD_ELASTICSEARCH_…); the address itself stands in the library's URL.

    `hosts` are further hosts of the cluster, joined by commas. Files hold one secret each (Docker and Kubernetes mount
    them so). `patience` is how long, in seconds, writing goes on trying while the cluster is busy or loses a node.
    """

    model_config = SettingsConfigDict(env_prefix="SVOD_ELASTICSEARCH_", extra="ignore")

    hosts: str = ""
    api_key: SecretStr | None = None
    api_key_file: Path | None = None
    user: str | None = None
    password: SecretStr | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    patience: float = Field(default=1.8, gt=0, le=600)


def open_library(where: str) -> Library:
    """Open a library: `http(s)://host:9200/prefix` is Elasticsearch, anything else a folder (made when missing).

    Without a name it is the user's own.
    """
    where = where or own_library()
    if where.startswith(_SCHEMES):
        return _elastic(where)
    from corpus.local.library import LocalLibrary

    return LocalLibrary(Path(where))


def own_library() -> str:
    """Return the folder of the user's own library."""
    return str(user_data_path("svod") / "library")


def shown(where: str) -> str:
    """Return the library's name as it may be printed: without user and password.

    >>> shown("https://ivan:secret@es.example:9200/svod"), shown("папка")
    ('https://es.example:9200/svod', 'папка')
    """
    where = where or own_library()
    if not where.startswith(_SCHEMES):
        return where
    scheme, _, rest = where.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def _elastic(where: str) -> Library:
    from corpus.elastic.connection import Connection
    from corpus.elastic.library import ElasticLibrary

    url, _, prefix = where.rstrip("/").rpartition("/")
    if not urlsplit(url).hostname:
        raise UsageError(f"В адресе «{shown(where)}» нет префикса библиотеки. Нужен вид http(s)://узел:9200/префикс.")
    settings = _settings()
    hosts = [url, *(host.strip() for host in settings.hosts.split(",") if host.strip())]
    connection = Connection(
        tuple(hosts),
        api_key=_secret(settings.api_key, settings.api_key_file),
        user=settings.user,
        password=_secret(settings.password, settings.password_file),
        ca_file=settings.ca_file,
        patience=settings.patience,
    )
    return ElasticLibrary(connection, prefix)


def _settings() -> ElasticsearchSettings:
    """Read the settings; raise UsageError naming the variables that are wrong, never their values."""
    try:
        return ElasticsearchSettings()
    except ValidationError as error:
        prefix = ElasticsearchSettings.model_config["env_prefix"]
        wrong = [f"{prefix}{str(e['loc'][0]).upper()} ({fault(e)})" for e in error.errors(include_input=False)]
        raise UsageError(f"Неверное значение переменной {', '.join(wrong)}.") from None


def _secret(given: SecretStr | None, file: Path | None) -> str | None:
    """Return a secret given or read from its file; raise UsageError naming the file, never its content."""
    if given is not None:
        return given.get_secret_value()
    if file is None:
        return None
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.__class__.__name__
        raise UsageError(f"Не читается файл с ключом «{file}» ({reason}). Проверьте путь и права.") from None
