"""Every command, setting, query field and route is named in what a person reads."""

import re
from pathlib import Path

import typer

from corpus.search.language.fieldnames import SHOWN
from search_api.http.app import create_app
from search_api.main import SUBCOMMANDS, app
from search_api.service.settings import Settings
from tests.house.measures import ROOT

READ = "\n".join(
    path.read_text("utf-8")
    for path in [ROOT / "README.md", ROOT / "README.ru.md", *sorted((ROOT / "docs").glob("*.md"))]
)
HELP = (ROOT / "search_api/web/templates/help.html").read_text("utf-8")


def commands() -> set[str]:
    for subcommand in SUBCOMMANDS:
        subcommand.register(app)
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_commands_are_named() -> None:
    missing = {name for name in commands() if not re.search(rf"svod {name}\b", READ)}
    assert not missing


def test_settings_are_named() -> None:
    missing = {name for name in Settings.model_fields if f"SVOD_{name.upper()}" not in READ}
    assert not missing


def test_query_fields_are_in_the_help() -> None:
    hidden = {"ссылка", "статья"}
    """What cites a document is asked by the program itself; «статья» is shown as «ст»."""
    missing = {name for name in SHOWN.values() if f"{name}:" not in HELP} - hidden
    assert not missing


def test_routes_of_the_api_are_named() -> None:
    service = create_app(lambda: None)  # type: ignore[arg-type,return-value]
    api = {path for path in service.openapi()["paths"] if path.startswith("/api/")}
    missing = {path for path in api if path not in READ}
    assert not missing


def test_addresses_of_the_reference_exist() -> None:
    service = create_app(lambda: None)  # type: ignore[arg-type,return-value]
    named = set(re.findall(r"`(/api/v1/[^`]+|/health/[^`]+)`", (ROOT / "docs/reference.md").read_text("utf-8")))
    assert named - {"/api/v1/openapi.json"} == set(service.openapi()["paths"])


def test_every_document_of_docs_is_linked() -> None:
    linked = READ + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    missing = [p.name for p in sorted((ROOT / "docs").glob("*.md")) if p.name not in linked]
    assert not missing, [Path(name) for name in missing]
