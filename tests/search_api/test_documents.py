"""Documents over HTTP: lists, ETags, uploads, deletions."""

import io
import re

import pytest
from fastapi.testclient import TestClient

from tests.search_api.texts import FILES, MAPS


def upload(client: TestClient, **files: str | bytes) -> object:
    parts = [("files", (name, io.BytesIO(x if isinstance(x, bytes) else x.encode()))) for name, x in files.items()]
    return client.post("/api/v1/documents", files=parts)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["карт", "маячных", "возврата"]),
        ({"type": "order"}, ["возврата"]),
        ({"party": "буян"}, ["карт"]),
        ({"text": "маячн"}, ["маячных", "возврата"]),
        ({"date_from": "1908"}, ["маячных", "возврата"]),
        ({"date_to": "1911"}, ["карт", "маячных"]),
        ({"date_from": "1911-09-03", "date_to": "1911-09-03"}, ["маячных"]),
        ({"source": "карты.txt"}, ["карт"]),
        ({"sort": "-date"}, ["возврата", "маячных", "карт"]),
        ({"text": "нет такого"}, []),
    ],
)
def test_list_is_narrowed_and_ordered(reading: TestClient, query: dict, titles: list[str]) -> None:
    answer = reading.get("/api/v1/documents", params=query)
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == str(len(titles))
    assert [next(t for t in titles if t in d["title"]) for d in answer.json()] == titles


def test_pages_of_a_list_follow_each_other_without_loss(reading: TestClient) -> None:
    whole = [d["id"] for d in reading.get("/api/v1/documents").json()]
    seen, url = [], "/api/v1/documents?limit=1"
    while url:
        answer = reading.get(url)
        seen += [d["id"] for d in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert seen == whole


def test_cursor_of_another_question_is_refused(reading: TestClient) -> None:
    cursor = reading.get("/api/v1/documents?limit=1").headers["X-Next-Cursor"]
    for params in ({"cursor": cursor, "type": "order"}, {"cursor": "%%%"}, {"cursor": "bm90IGpzb24"}):
        answer = reading.get("/api/v1/documents", params=params)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor")


def test_document_has_the_shape_of_the_command_line_and_an_etag(reading: TestClient, maps: str) -> None:
    answer = reading.get(f"/api/v1/documents/{maps}")
    document = answer.json()
    assert [document[k] for k in ("id", "source", "instrument", "type", "date")] == [
        maps,
        "карты.txt",
        0,
        "agreement",
        "1907-05-14",
    ]
    assert "art_2__para_1" in [p["eid"] for p in document["provisions"]]
    same = reading.get(f"/api/v1/documents/{maps}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    other = reading.get(f"/api/v1/documents/{maps}", headers={"If-None-Match": '"другое"'.encode()})
    assert other.status_code == 200


def test_provision_comes_with_citations_and_its_source_form(reading: TestClient, maps: str) -> None:
    preamble = reading.get(f"/api/v1/documents/{maps}/provisions/preamble__al_2").json()
    assert "каждого мореплавателя" in preamble["text"]
    assert "к а ж д о г о  м о р е п л а в а т е л я" in preamble["source_text"]
    item = reading.get(f"/api/v1/documents/{maps}/provisions/art_1__para_2__al_2").json()
    assert item["lead_in"].endswith("в следующих формах:")
    assert item["citation"]["place"] == "абз. 2 п. 2 ст. 1"
    assert item["citation"]["short"] == "абз. 2 п. 2 ст. 1 Соглашения от 14.05.1907"
    assert re.fullmatch(f"/d/{maps}/art_1__para_2__al_2\\?h=[0-9a-f]{{12}}", item["permalink"])


def test_upload_stores_each_file_and_one_bad_file_stops_nothing(client: TestClient) -> None:
    answer = upload(client, **{"новое.txt": MAPS.replace("1907", "1908"), "пусто.txt": "", "карты.txt": MAPS})
    assert answer.status_code == 200
    outcomes = {o["file"]: o for o in answer.json()}
    assert [outcomes[n]["outcome"] for n in ("новое.txt", "пусто.txt", "карты.txt")] == [
        "stored",
        "failed",
        "unchanged",
    ]
    assert "пусто.txt" in outcomes["пусто.txt"]["problem"]["detail"]
    assert outcomes["новое.txt"]["documents"][0]["date"] == "1908-05-14"
    assert len(client.get("/api/v1/documents").json()) == len(FILES) + 1


def test_upload_of_nothing_but_bad_files_is_a_problem_with_outcomes(client: TestClient) -> None:
    answer = upload(client, **{"пусто.txt": "", "двоичное.txt": bytes(range(256)) * 40})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")
    assert [f["outcome"] for f in answer.json()["files"]] == ["failed", "failed"]
    assert len(client.get("/api/v1/documents").json()) == len(FILES)


def test_same_bytes_under_another_name_are_reported(client: TestClient) -> None:
    outcome = upload(client, **{"копия.txt": MAPS}).json()[0]
    assert (outcome["outcome"], outcome["stored_as"]) == ("duplicate", "карты.txt")


def test_delete_removes_and_honours_if_match(client: TestClient, library: object) -> None:
    document = client.get("/api/v1/documents").json()[0]["id"]
    url = f"/api/v1/documents/{document}"
    tag = client.get(url).headers["ETag"]
    assert client.delete(url, headers={"If-Match": '"0"'}).status_code == 412
    assert client.delete(url, headers={"If-Match": tag}).status_code == 204
    assert client.get(url).status_code == 404
    assert client.delete(url).status_code == 404


def test_delete_on_the_page_can_be_taken_back(client: TestClient) -> None:
    before = client.get("/api/v1/documents").json()
    page = client.post("/library/delete", data={"document": before[0]["id"]})
    assert len(client.get("/api/v1/documents").json()) == len(before) - 1
    assert before[0]["id"] in page.text.split("/library/undo")[1]
    assert client.post("/library/undo", data={"document": before[0]["id"]}).status_code == 200
    assert client.get("/api/v1/documents").json() == before
    assert client.post("/library/undo", data={"document": before[0]["id"]}).status_code == 404


@pytest.mark.parametrize("format_", ["json", "md", "txt", "docx"])
def test_document_is_exported(reading: TestClient, maps: str, format_: str) -> None:
    answer = reading.get("/api/v1/export", params={"document": maps, "format": format_})
    assert answer.status_code == 200
    assert f".{format_}" in answer.headers["Content-Disposition"]
    if format_ == "docx":
        import docx

        told = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    else:
        told = answer.text
    assert "Отказ в исполнении запроса" in told
    assert "обмен опытом промерных работ" in told


def test_hits_are_exported_and_no_text_becomes_a_formula(client: TestClient) -> None:
    upload(client, **{"формула.txt": MAPS.replace("обмен опытом", "=1+1 обмен опытом")})
    answer = client.get("/api/v1/export", params={"q": "обмен опытом", "format": "xlsx"})
    assert answer.status_code == 200
    import zipfile

    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert client.get("/api/v1/export", params={"q": "обмен", "format": "md"}).status_code == 406
    assert client.get("/api/v1/export").status_code == 422


def test_a_permalink_is_followed_and_tells_when_the_words_changed(client, maps):
    item = client.get(f"/api/v1/documents/{maps}/provisions/art_1__para_2__al_2").json()
    same = client.get(item["permalink"], follow_redirects=False)
    assert (same.status_code, same.headers["location"]) == (302, f"/d/{maps}#art_1__para_2__al_2")
    other = client.get(f"/d/{maps}/art_1__para_2__al_2?h=000000000000", follow_redirects=False)
    assert other.headers["location"] == f"/d/{maps}?changed=art_1__para_2__al_2&h=000000000000#art_1__para_2__al_2"
    assert "слова положения изменились" in client.get(other.headers["location"]).text
    assert client.get(f"/d/{maps}/art_99", follow_redirects=False).status_code == 404
