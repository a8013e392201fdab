"""What a monitoring system is told, and who else."""

import json
import re
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient

from corpus.errors import InputError
from corpus.library import Library, Origin
from corpus.rights import keys
from corpus.rights.funds import Fund, set_fund
from corpus.rights.people import UserRole, set_user
from ingest.pipeline import parse_bytes
from search_api.service.settings import Settings
from search_api.service.tokens import read_monitor
from tests.search_api.conftest import client_of

TOKEN = "monitoring-key-0123456789"


def value(told: str, name: str) -> float | None:
    found = re.search(rf"^{re.escape(name)} ([0-9.e+]+)$", told, re.MULTILINE)
    return float(found[1]) if found else None


def test_requests_errors_uploads_and_the_index_are_counted(client: TestClient) -> None:
    documents = len(client.get("/api/v1/documents").json())
    client.get("/api/v1/documents/none")
    client.get("/api/v1/%D0%BA%D1%80%D0%B8%D0%BF%D1%82%D0%BE%D0%BD%D0%B8%D1%82")
    client.post("/api/v1/documents", files=[("files", ("новый.txt", "Соглашение\n\nСтатья 1\n\nСуд.".encode()))])
    client.post("/api/v1/documents", files=[("files", ("пустой.txt", b""))])
    told = client.get("/metrics").text
    assert value(told, 'svod_requests_total{method="GET",route="/api/v1/documents",status="200"}') == 1
    assert value(told, 'svod_requests_total{method="GET",route="other",status="404"}') == 1
    assert value(told, 'svod_request_seconds_count{route="/api/v1/documents/{document}"}') == 1
    assert value(told, 'svod_errors_total{code="not-found"}') == 2
    assert value(told, 'svod_files_parsed_total{outcome="stored"}') == 1
    assert value(told, 'svod_files_parsed_total{outcome="failed"}') == 1
    assert (value(told, "svod_uploads_open"), value(told, "svod_upload_seconds_count")) == (0, 2)
    assert (value(told, "svod_ready"), value(told, "svod_documents")) == (1, documents + 1)
    assert "криптонит" not in told
    assert "%D0" not in told


def test_who_may_ask(library: Library, tmp_path: Path) -> None:
    shut = parse_bytes("Соглашение о тайном\n\nСтатья 1\n\nТайна.".encode(), "тайна.txt")
    set_fund(library, Fund("sdelka", "Сделка"))
    library.put(shut, origin=Origin("Анна", "2026-01-02T03:04:05Z", "sdelka"))
    (tmp_path / "token").write_text(TOKEN)
    made = {}
    for role in UserRole:
        set_user(library, f"Кто {role}", role)
        made[role] = keys.make(library, f"Кто {role}")[0]
    with client_of(lambda: library, metrics_token_file=tmp_path / "token", open_reading=True) as client:

        def asked(path: str, secret: str) -> object:
            return client.get(path, headers={"Authorization": f"Bearer {secret}"} if secret else {})

        answers = {role: asked("/metrics", made[role]) for role in UserRole}
        assert {role: a.status_code for role, a in answers.items()} == {"reader": 403, "editor": 403, "admin": 200}
        assert [asked("/metrics", secret).status_code for secret in ("", f"{TOKEN}x")] == [401, 401]
        whole = asked("/metrics", TOKEN)
        assert value(whole.text, "svod_documents") == len(library.documents())
        assert value(answers[UserRole.ADMIN].text, "svod_documents") == len(library.documents()) - 1
        for path in ("/api/v1/documents", "/api/v1/export", "/api/v1/audit"):
            assert asked(path, TOKEN).status_code == 401, "it opens nothing else"


@pytest.mark.parametrize("content", ["short", "ключ-не-из-латинских-букв", "two words of letters"])
def test_a_bad_key_of_monitoring_names_the_remedy(tmp_path: Path, content: str) -> None:
    (tmp_path / "token").write_text(content)
    with pytest.raises(InputError, match="Новый ключ"):
        read_monitor(Settings(metrics_token_file=tmp_path / "token"))


def test_the_request_s_id_stands_in_the_answer_and_in_the_log(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [client.get("/api/v1/documents"), client.get("/нет"), client.get("/", headers={"Host": "evil.example"})]
    ids = [a.headers["X-Request-ID"] for a in answers]
    assert len(set(ids)) == 3
    wrong = client.get("/api/v1/documents", headers={"X-Request-ID": "forged", "X-Forwarded-For": "192.0.2.1"})
    assert wrong.headers["X-Request-ID"] != "forged"
    capsys.readouterr()
    structlog.reset_defaults()
    from search_api.service import logs

    logs.configure()
    files = [("files", ("новый.txt", "Соглашение\n\nСтатья 1\n\nСуд.".encode()))]
    answer = client.post("/api/v1/documents", files=files)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["request"] for line in lines if line["event"] == "uploaded"] == [answer.headers["X-Request-ID"]]
