"""Rights by role and fund: whatever is asked, by whomever, tells nothing of documents one may not read."""

import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import BaseModel

from corpus.library import Library, Origin
from corpus.local.library import LocalLibrary
from corpus.rights import keys
from corpus.rights.funds import Fund, set_fund
from corpus.rights.people import UserRole, set_user
from ingest.pipeline import parse_bytes
from search_api.http.app import ROUTERS
from tests.search_api.conftest import client_of
from tests.search_api.texts import FILES

SHUT = "sdelka"
SECRETS = {
    "тайное/слияние.txt": (
        "Соглашение\nмежду Правительством Республики Лукория и Правительством Тридевятой Республики\n"
        "о поглощении верфей\n\nСтатья 1\n\nСтороны поглощают верфи и не разглашают криптонит.\n\n"
        "Статья 2\n\nСтороны ссылаются на Соглашение о поглощении верфей.\n\nСовершено в г. Лукограде 1 марта 2011 года."
    ),
    "тайное/карты.txt": next(iter(FILES.values())),
}
WORDS = (
    "криптонит",
    "поглощение верфей",
    "тайное",
    "Лукория",
    "крипт",
    "карта",
    "отказ",
    "дата:2011",
    "сторона:Лукория",
)
TIMES = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)?|\b[0-9a-f]{64}\b|svod_[0-9a-f]{12}_[\w-]{43}|\b(?:[0-9a-f]{12}|[0-9a-f]{16})\b|\d\d\.\d\d\.20\d\d \d\d:\d\d"
)


APART = {"/health/live", "/health/ready", "/metrics", "/login", "/logout", "/library/samples"}
"""Tells nothing of documents, or counts requests; ends the session of who asks, or parses for long."""


@dataclass
class Side:
    """A service over a library, and a key of each role."""

    library: Library
    client: TestClient
    keys: dict[UserRole, str]


def served(folder: Path, secrets: bool) -> Iterator[Side]:
    library = LocalLibrary(folder)
    for name, text in FILES.items():
        library.put(parse_bytes(text.encode(), name), origin=Origin("Анна", "2026-01-02T03:04:05Z"))
    set_fund(library, Fund(SHUT, "Сделка века", ("Борис",), ("Борис",)))
    if secrets:
        for name, text in SECRETS.items():
            file = replace(parse_bytes(text.encode(), name), fund=SHUT)
            library.put(file, origin=Origin("Борис", "2026-01-02T03:04:05Z", SHUT))
    made = {}
    for role in UserRole:
        set_user(library, f"Кто {role}", role)
        made[role] = keys.make(library, f"Кто {role}")[0]
    with client_of(lambda: library) as client:
        yield Side(library, client, made)
    library.close()


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """The same service with and without documents of a fund that nobody who asks may read."""
    folder = tmp_path_factory.mktemp("rights")
    one, two = served(folder / "with", True), served(folder / "without", False)
    yield next(one), next(two)
    for each in (one, two):
        next(each, None)


def unseen(side: Side) -> list[str]:
    seen = {s.id for s in side.library.within(frozenset({""})).documents()}
    return [s.id for s in side.library.documents() if s.id not in seen]


class Asker:
    """Makes requests for every route, out of what its parameters are called."""

    def __init__(self, seed: int, hidden: list[str], shown: list[str]) -> None:
        self.chance = random.Random(seed)
        self.hidden, self.shown = hidden, shown

    def value(self, name: str) -> object:
        pick = self.chance.choice
        documents = (*self.hidden, *self.hidden, *self.shown[:2])
        pools: dict[str, Sequence[object]] = {
            **dict.fromkeys(("document", "other", "in", "first", "a", "b", "left", "right"), documents),
            **dict.fromkeys(("eid", "other_eid"), ("art_1", "art_2")),
            **dict.fromkeys(("q", "text", "party", "source", "body", "place", "query"), WORDS),
            **dict.fromkeys(("on", "from", "to", "begin", "end", "date_from", "date_to"), ("2011-03-01", "2024-01-01")),
            "documents": ["…".join([pick(documents), pick(documents)])],
            "topic": ["refusal", "languages"],
            "format": ["json", "md", "docx", "akn"],
            "facets": [["type", "party", "year", "place"]],
            "limit": [5, 50],
            "key": [f"cell:{pick(documents)}:refusal"],
            "field": ["date", "title"],
            "number": [1, 2],
            "verdict": ["reject", "confirm"],
            "kind": [""],
            "fund": [SHUT, "-", ""],
            "user": ["Борис"],
            "role": ["editor"],
            "place_in": [f"{pick(documents)}/art_1"],
            "value": ["2011-03-01"],
            "incoming": ["true", "false"],
            "note": [""],
        }
        return pick(pools.get(name, [None]))

    def filled(self, model: type[BaseModel]) -> dict[str, object]:
        found = {f.alias or n: self.value(f.alias or n) for n, f in model.model_fields.items()}
        return {name: value for name, value in found.items() if value not in (None, "")}

    def fields(self, params: list) -> dict[str, object]:
        out: dict[str, object] = {}
        for each in params:
            kind = each.field_info.annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                out |= self.filled(kind)
            elif (value := self.value(each.alias)) is not None:
                out[each.alias] = value
        return out

    def request(self, route: APIRoute, method: str) -> dict[str, object]:
        path = re.sub(r"{(\w+)}", lambda m: str(self.value(m[1]) or "x"), route.path.replace(":path", ""))
        made: dict[str, object] = {"method": method, "url": path, "params": self.fields(route.dependant.query_params)}
        if not route.body_field:
            return made
        if "files" in {p.alias for p in route.dependant.body_params}:
            name, text = self.chance.choice(list(SECRETS.items()))
            return made | {"files": [("files", (name, text.encode()))]}
        if "Form" in type(route.body_field.field_info).__name__:
            return made | {"data": self.fields(route.dependant.body_params)}
        text = (
            f"«Стороны поглощают верфи» (п. 1 ст. 1 Соглашения о поглощении верфей от 01.03.2011), {self.value('text')}"
        )
        body = self.fields(route.dependant.body_params) or {}
        return made | {"json": body | ({"text": text} if "text" in body else {})}


def answered(side: Side, request: dict[str, object], role: UserRole) -> tuple[object, ...]:
    """What can be told apart: status, headers, body; moments and secrets are no two times the same."""
    headers = {"Authorization": f"Bearer {side.keys[role]}", "Accept": "text/html, application/json"}
    answer = side.client.request(**request, headers=headers, follow_redirects=False)
    told = {k: v for k, v in answer.headers.items() if k not in {"date", "x-request-id", "etag", "content-length"}}
    body = answer.content if answer.headers.get("content-type", "").startswith("application/vnd") else answer.text
    if isinstance(body, bytes):
        return answer.status_code, sorted(told.items()), len(body) // 64
    return answer.status_code, sorted(told.items()), TIMES.sub("·", body)


def test_nothing_tells_of_a_fund_one_may_not_read(sides: tuple[Side, Side]) -> None:
    with_, without = sides
    hidden = unseen(with_)
    assert len(hidden) == 2
    assert unseen(without) == []
    asker = Asker(20261129, hidden, [s.id for s in without.library.documents()])
    routes = [r for router in ROUTERS for r in router.routes if isinstance(r, APIRoute) and r.path not in APART]
    ways = [(r, m) for r in routes for m in sorted(r.methods)]
    assert len(ways) > 60
    wanted = 5000 if os.environ.get("SVOD_SOAK") else 70
    asked, statuses, leaks, roles = 0, set(), [], tuple(UserRole)
    while asked < wanted:
        for route, method in ways:
            role, request = roles[asked % len(roles)], asker.request(route, method)
            one, two = answered(with_, request, role), answered(without, request, role)
            statuses.add(one[0])
            asked += 1
            if one != two:
                leaks.append((role, request, one, two))
    assert not leaks, f"{len(leaks)} of {asked}: {[leak[:2] for leak in leaks]}; {leaks[0]}"
    assert {200, 403, 404} <= statuses


def test_who_is_let_into_the_fund_reads_it(sides: tuple[Side, Side]) -> None:
    side, _ = sides
    set_user(side.library, "Борис", UserRole.READER)
    secret, key = keys.make(side.library, "Борис")
    headers = {"Authorization": f"Bearer {secret}"}
    (id_, *_) = unseen(side)
    assert side.client.get(f"/api/v1/documents/{id_}", headers=headers).status_code == 200
    assert side.client.get("/api/v1/search", params={"q": "криптонит"}, headers=headers).json()["total"] == 1
    assert side.client.delete(f"/api/v1/documents/{id_}", headers=headers).status_code == 403
    keys.revoke(side.library, key.id)
    assert side.client.get(f"/api/v1/documents/{id_}", headers=headers).status_code == 401
