"""The library page: what it is narrowed by, and what is done to several documents at once."""

import io
import re
import zipfile
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from corpus.library import Library

HTML = {"Accept": "text/html"}


def listed(client: TestClient, **asked: str) -> list[str]:
    page = client.get("/library?" + urlencode(asked), headers=HTML).text
    return re.findall(r'<p class="name"><a href="/d/([^"]+)"', page)


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ({"type": "agreement"}, lambda d: d["type"] == "agreement"),
        ({"party": "тридевят"}, lambda d: any("Тридевят" in p for p in d["parties"])),
        ({"year": "1907"}, lambda d: (d["date"] or "").startswith("1907")),
        ({"language": "русский"}, lambda d: "русский" in d["languages"]),
        ({"doubts": "1"}, lambda d: d["diagnostics"] > 0),
        ({"state": "unknown"}, lambda d: d["state"]["status"] == "unknown"),
        ({"state": "in_force"}, lambda d: d["state"]["status"] == "in_force"),
        ({"year": "1907", "type": "agreement"}, lambda d: d["type"] == "agreement" and (d["date"] or "")[:4] == "1907"),
        ({"year": "1812"}, lambda d: False),
    ],
)
def test_the_list_is_narrowed(reading: TestClient, asked: dict[str, str], passes) -> None:
    assert set(listed(reading, **asked)) == {d["id"] for d in reading.get("/api/v1/documents").json() if passes(d)}


def test_a_value_that_is_none_is_refused_and_a_filter_can_be_taken_off(reading: TestClient) -> None:
    assert reading.get("/library?year=19", headers=HTML).status_code == 422
    assert reading.get("/library?state=nothing", headers=HTML).status_code == 422
    assert 'href="/library#list">Сбросить' in reading.get("/library?year=1907", headers=HTML).text
    assert 'href="/library#list">Сбросить' not in reading.get("/library?sort=date", headers=HTML).text


def test_several_are_deleted_after_one_question_and_brought_back_by_one_button(
    client: TestClient, library: Library
) -> None:
    ids = [s.id for s in library.documents()]
    asked = client.post("/library/remove", data={"d": ids[:2]})
    assert "Удалить 2 документа?" in asked.text
    assert [s.id for s in library.documents()] == ids
    done = client.post("/library/remove", data={"d": ids[:2], "sure": "true"})
    assert "Удалены 2 документа." in done.text
    assert [s.id for s in library.documents()] == ids[2:]
    undo = done.text.split('action="/library/bring-back"')[1].split("</form>")[0]
    assert re.findall(r'name="d" value="([^"]+)"', undo) == ids[:2]
    back = client.post("/library/bring-back", data={"d": ids[:2]})
    assert "Возвращены 2 документа." in back.text
    assert [s.id for s in library.documents()] == ids
    assert "Возвращено 0 документов." in client.post("/library/bring-back", data={"d": ids[:1]}).text


def test_several_are_taken_away_under_their_short_names(reading: TestClient) -> None:
    ids = [d["id"] for d in reading.get("/api/v1/documents").json()]
    taken = reading.get("/library/take", params={"d": ids, "format": "txt"})
    assert taken.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        assert len(set(archive.namelist())) == len(ids)
        assert all(name.endswith(".txt") and archive.read(name) for name in archive.namelist())
    many = reading.get("/library/take", params={"d": [f"{ids[0]}-{n}" for n in range(101)]}, headers=HTML)
    assert many.status_code == 422
    assert "не больше 100" in many.text
