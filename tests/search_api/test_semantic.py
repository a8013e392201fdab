"""What the doors tell of the comparison in meaning, with and without `svod[semantic]`; the thread that makes vectors."""

import json
import re
import threading
import time

import pytest
from typer.testing import CliRunner

from analyzers import embedding
from corpus.local.library import LocalLibrary
from search_api.service.work.beside import embedding_work
from tests.search_api.conftest import command, filled

ABSENT = "пословный поиск; пакет svod[semantic] не установлен"
semantic = pytest.mark.skipif(not embedding.available(), reason="нет svod[semantic]")


def test_every_door_tells_how_far_the_vectors_are(reading):
    state = reading.get("/health/ready").json()["semantic"]
    shown = reading.get("/library").text
    found = reading.get("/api/v1/search", params={"q": "отказ"}).json()["semantic"]
    if embedding.available():  # they are being made while we ask
        assert re.fullmatch(r"векторы: \d+ из \d+ положений", state)
        assert re.search(r"векторы: \d+ из \d+ положений", shown)
        assert found in {"filling", "used"}
    else:
        assert state == ABSENT
        assert ABSENT in shown
        assert found == "absent"
        assert "svod[semantic] не установлен" in reading.get("/", params={"q": "отказ"}).text


def test_it_can_be_switched_off(reading):
    assert reading.get("/api/v1/search", params={"q": "отказ", "semantic": False}).json()["semantic"] == "off"
    page = reading.get("/", params={"q": "отказ", "semantic": "0"}).text
    assert "без сравнения по смыслу" in page
    assert "Поиск пословный" not in page


@pytest.mark.skipif(embedding.available(), reason="svod[semantic] установлен")
def test_without_the_extra_the_command_says_what_to_install(tmp_path):
    filled(tmp_path / "l").close()
    done = CliRunner().invoke(command(), ["embed", "--library", str(tmp_path / "l")])
    assert "pip install 'svod[semantic]'" in str(done.exception)


@pytest.mark.soak
@semantic
def test_the_command_makes_what_is_missing_once(tmp_path):
    filled(tmp_path / "l").close()
    first, again = (
        json.loads(CliRunner().invoke(command(), ["embed", "--library", str(tmp_path / "l"), "--json"]).stdout)
        for _ in range(2)
    )
    assert first["made"] == first["vectors"] == first["clauses"] > 0
    assert again == {**first, "made": 0}


@pytest.mark.soak
@semantic
def test_a_service_makes_them_in_the_background_and_ends(tmp_path):
    library, others = filled(tmp_path / "l"), set(threading.enumerate())
    work = embedding_work(lambda: library)
    work.start()
    until = time.monotonic() + 60
    while library.vectors.share()[0] < 5 and time.monotonic() < until:
        threading.Event().wait(0.05)
    work.close()
    have, every = library.vectors.share()
    assert 5 <= have <= every
    assert not [t for t in threading.enumerate() if t.name == "embedding" and t not in others]
    library.close()
    assert LocalLibrary(tmp_path / "l").vectors.share() == (have, every)
