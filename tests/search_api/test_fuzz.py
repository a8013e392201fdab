"""Every parameter of every route under mutated requests: no input is answered by a failure of the service."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.local.library import LocalLibrary
from search_api.http.app import create_app
from search_api.service.settings import Settings
from tests.search_api.conftest import filled
from tests.search_api.doors import Ask, Door, House, Told, doors
from tests.search_api.mutations import Chance
from tests.search_api.test_openapi import _nothing

TOKEN = "token-of-sixteen-characters-at-least"
DOORS = {door.label: door for door in doors(create_app(_nothing))}
SOAK, SAMPLE = 10_000, 600
COUNT = SOAK if os.environ.get("SVOD_SOAK") else SAMPLE
SLOTS = sum(door.slots for door in DOORS.values())
SEED = os.environ.get("SVOD_FUZZ_SEED", "1")
RUSSIAN = re.compile(r"[А-ЯЁ«][^.!?]*[а-яё]{3}")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzzed") / "library"
    filled(folder).close()
    return folder


@pytest.fixture
def library(shelf: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of each route's own: requests write, and a route must not find what another left."""
    shutil.copytree(shelf, tmp_path / "library")
    library = LocalLibrary(tmp_path / "library")
    yield library
    library.close()


def known(library: Library) -> Mapping[str, Sequence[str]]:
    """Values that lead somewhere, by the name of a parameter."""
    ids = [d.id for d in library.documents()]
    return {
        "document": ids,
        "other": ids,
        "in": ids,
        "d": ids,
        "deleted": ids,
        "restored": ids,
        "documents": ["…".join(ids[:2]), "…".join(ids)],
        "eid": ["art_1", "art_2__para_1", "preamble"],
        "other_eid": ["art_1", "art_3"],
        "like": [f"{ids[0]}/art_1"],
        "anchor": [f"{ids[0]}:art_1"],
        "anchors": [f"{ids[0]}:art_1"],
        "changed": ["art_1"],
        "h": ["0123abcd"],
        "q": ["карта", "отказ в исполнении запроса", "ст:2 запрос", "п. 1 ст. 2 Соглашения от 14.05.1907"],
        "topic": ["subject", "purpose"],
        "to": ["subject"],
        "field": ["date", "number", "parties", "copies"],
        "value": ["14 октября 2019 г.", "17"],
        "date_from": ["1907", "1907-05", "1907-05-14"],
        "date_to": ["1912"],
        "facets": ["type", "year"],
        "key": [f"cell:{ids[0]}:subject"],
        "text": ["карт", "Согласно п. 1 ст. 2 Соглашения от 14.05.1907"],
        "token": [TOKEN],
        "back": ["/compare", "/help"],
        "from": ["0", "50"],
        "examples": ["Стороны обмениваются картами."],
        "label": ["Карты"],
        "file": ["x/svod.css"],
        "type": ["agreement", "order"],
    }


@pytest.mark.parametrize("label", DOORS)
@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_no_request_is_answered_by_a_failure(library: Library, label: str) -> None:
    door = DOORS[label]
    house = House(
        create_app(lambda: library, Settings(tokens=f"{TOKEN} Анна Серова", open_reading=True, parse_seconds=20))
    )
    chance = Chance(f"{SEED} {label}", known(library), TOKEN)
    faults = []
    for number in range(-(-COUNT * door.slots // SLOTS)):
        ask = chance.request(door, mutations=number % 4)
        told = house.ask(ask)
        faults += [f"{fault}: {ask}" for fault in wrong(ask, told, door)]
    house.close()
    assert not faults, "\n".join(faults)


def wrong(ask: Ask, told: Told, door: Door) -> Iterator[str]:
    """Say what an answer must not be."""
    kind = told.headers.get("content-type", "").partition(";")[0]
    if told.status >= 500 and not (told.status == 503 and "retry-after" in told.headers):
        yield f"{told.status} {told.failed}"
    elif told.status >= 400 and ask.method != "HEAD":
        if kind == "application/problem+json":
            problem = told.problem()
            if not RUSSIAN.search(problem["detail"]) or problem["status"] != told.status:
                yield f"{told.status} without a Russian sentence ({problem})"
            if told.status == 401 and "www-authenticate" not in told.headers:
                yield "401 without WWW-Authenticate"
        elif not door.page or kind != "text/html" or b"<h1>" not in told.body:
            yield f"{told.status} neither as a problem nor as a page ({kind})"
