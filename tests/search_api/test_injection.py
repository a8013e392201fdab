"""What people and files bring stays text: two hundred payloads in queries, texts, titles, names, notes, addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from tests.search_api.conftest import client_of
from tests.search_api.payloads import PAYLOADS

FOREIGN = {
    "iframe",
    "object",
    "embed",
    "base",
    "style",
    "svg",
    "math",
    "img",
    "video",
    "audio",
    "template",
}


def poisoned(name: str = "дело<img src=x onerror=pwned()>.txt") -> SourceFile:
    """A file whose every string is a payload."""
    articles = tuple(
        Provision(f"art_{i}", Kind.ARTICLE, f"запрос {x}", f"{i}", f"Заголовок {x}") for i, x in enumerate(PAYLOADS, 1)
    )
    instruments = tuple(
        Instrument(
            InstrumentType.AGREEMENT,
            f"Соглашение {p}",
            "1907-05-14",
            place=p,
            number=p,
            parties=(p, p),
            issuer=p,
            languages=(p,),
            copies=2,
            prevailing_language=p,
            in_force_from=p,
            duration=p,
            notice_period=p,
            signatories=(p,),
            notes=(p,),
            provisions=articles if i == 0 else articles[:2],
        )
        for i, p in enumerate(PAYLOADS[:40])
    )
    return SourceFile(name, "0" * 64, "text", "utf-8", "x", instruments=instruments)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("poisoned") / "library"
    library = LocalLibrary(folder)
    library.put(poisoned())
    with client_of(lambda: library) as client:
        yield client


OWN_FORMS = {"/library/take", "/library/remove", "/citecheck/report"}


def harmless(html: str) -> None:
    """Assert that a page holds nothing of what the payloads would make."""
    page = HTMLParser(html)
    for node in page.css("*"):
        tag = node.tag
        assert tag not in FOREIGN, node.html
        for name, value in node.attributes.items():
            assert not name.startswith(("on", "hx-on", "data-hx")), node.html
            assert name not in {"style", "srcdoc", "autofocus"} or tag == "input", node.html
            assert name != "formaction" or value in OWN_FORMS, node.html
            if name in {"href", "src", "action", "hx-get", "hx-post"}:
                assert (value or "").startswith(("/", "#", "http://127.0.0.1:8000/")), node.html
                assert not (value or "").startswith("//"), node.html
    for script in page.css("script"):
        assert script.attributes["src"].startswith("/static/")
        assert not (script.text() or "").strip()
    assert len(page.css("meta[http-equiv]")) == 0
    assert "49" not in [node.text() for node in page.css("h1, h2, .text")]


@pytest.mark.parametrize("batch", range(4))
def test_queries_stay_text(client: TestClient, batch: int) -> None:
    for payload in PAYLOADS[batch::4]:
        for params in ({"q": payload}, {"q": "запрос", "party": payload[:200]}):
            answer = client.get("/", params=params, headers={"Accept": "text/html"})
            assert answer.status_code in {200, 400, 422}, payload
            harmless(answer.text)
        typed = HTMLParser(client.get("/", params={"q": payload}, headers={"Accept": "text/html"}).text)
        box = typed.css_first("#q")
        if box is not None:
            assert " ".join((box.attributes["value"] or "").split()) == " ".join(payload.split())


def test_stored_texts_stay_text(client: TestClient) -> None:
    documents = client.get("/api/v1/documents").json()
    first = documents[0]["id"]
    paths = ["/", "/library", "/compare", "/?q=запрос&n=100", f"/d/{first}", f"/d/{first}?repairs=1&q=запрос"]
    paths += [f"/d/{first}/art_{i}/card" for i in range(1, 200, 13)] + [f"/d/{d['id']}" for d in documents[1:6]]
    paths += [
        f"/compare/{documents[1]['id']}…{documents[2]['id']}",
        f"/d/{first}/art_3/incoming",
        f"/d/{first}/metadata",
        f"/d/{first}/links",
        f"/d/{first}/doubts",
        f"/d/{first}/print.css",
        f"/compare/correct/{first}/refusal",
    ]
    for path in paths:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, path
        harmless(answer.text)
    told = HTMLParser(client.get(f"/d/{first}").text)
    assert PAYLOADS[0] in told.css_first("#art_1").text()


def test_file_names_notes_and_addresses_stay_text(client: TestClient) -> None:
    documents = [d["id"] for d in client.get("/api/v1/documents").json()[:2]]
    for payload in PAYLOADS[::5]:
        name = payload.replace("\r", "").replace("\n", "").replace('"', "'")
        answer = client.post("/library", files=[("files", (name + ".txt", b""))], headers={"Accept": "text/html"})
        harmless(answer.text)
        data = {"document": documents[0], "topic": "refusal", "verdict": "reject", "note": payload, "back": payload}
        answer = client.post("/compare/decide", data=data, follow_redirects=False)
        assert answer.headers["Location"].startswith("/compare#")
        harmless(client.get("/library", params={"text": payload, "sort": payload, "from": payload}).text)
        for path in (f"/d/{payload}", f"/d/{documents[0]}/{payload}", f"/compare/{payload}", f"/?like={payload}"):
            answer = client.get(
                path.replace("\r", "").replace("\n", "").replace("\t", ""), headers={"Accept": "text/html"}
            )
            assert answer.status_code < 500, path
            if answer.headers["Content-Type"].startswith("text/html"):
                harmless(answer.text)
    harmless(client.get(f"/compare/{documents[0]}…{documents[1]}").text)


def test_problems_and_downloads_are_never_pages(client: TestClient) -> None:
    for payload in PAYLOADS[::10]:
        for path in ("/api/v1/search", "/api/v1/export", "/api/v1/documents", "/suggest"):
            answer = client.get(path, params={"q": payload}, headers={"Accept": "text/html"})
            assert not answer.headers["Content-Type"].startswith("text/html")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
