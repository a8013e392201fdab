"""How far a file is: told page by page by its confined child, shown on a terminal, in a job and on the page."""

import asyncio
import io
import json
import os
import pty
import socket
import sys
import threading
from contextlib import suppress

import pytest

from corpus.errors import BusyError
from ingest.confined.limits import Limits
from ingest.confined.pool import FaultError, Pool, _asked, _Worker
from ingest.confined.pool import Job as ChildJob
from ingest.confined.wire import pack, receive
from ingest.parsing import Offered, Parsing, Underway
from search_api.answers.responses import UploadedFile
from search_api.service.ingesting import parsed_listed
from search_api.service.work.uploading import Job, Jobs
from search_api.web.upload_told import lines
from tests.ingest.readers.writers import Para, docx, pdf, show
from tests.search_api.texts import MAPS

PAGES = 12
BOOK = pdf([show(f"Статья {n}. Расходы на содержание причалов несут Стороны.", 85, 700) for n in range(1, PAGES + 1)])


def test_each_page_of_a_pdf_is_told_and_the_stages_of_others():
    heard: list[Underway] = []
    parsing = Parsing(Pool(1), Limits(seconds=120)).watched(heard.append)
    act = docx([Para(text, plain=text) for text in MAPS.splitlines() if text])
    offered = [Offered("книга.pdf", lambda: BOOK), Offered("акт.docx", lambda: act)]
    assert all(one.file for outcomes in parsing.files(offered) for one in outcomes)
    parsing.close()
    told = [file for file in heard if file.name == "книга.pdf"]
    assert [file.page for file in told] == [0, *range(PAGES + 1), PAGES]
    assert {file.pages for file in told[1:]} == {PAGES}
    assert [file.parsing for file in told] == [False] * (PAGES + 2) + [True]
    assert [file for file in heard if file.name == "акт.docx"] == [
        Underway("акт.docx"),
        Underway("акт.docx", parsing=True),
    ]


class _Told:
    """A child that tells what it is given to tell: its end of the pair of sockets is ours."""

    def __init__(self, *stages: object) -> None:
        self.job, self._theirs = socket.socketpair()
        threading.Thread(target=self._tell, args=stages, daemon=True).start()

    def _tell(self, *stages: object) -> None:
        receive(self._theirs)
        for stage in stages:
            self._theirs.sendall(pack({"stage": stage}))
        self._theirs.sendall(pack({"done": {}}))


HONEST = (
    [{"pages": 3}, {"page": 1}, {"page": 2}, {"page": 3}, {"letters": 5}],
    [{"pages": 300}, {"page": 299}, {"letters": 5}],
    [{"letters": 5}],
)
LYING = (
    [{"page": 1}],
    [{"pages": 3}, {"page": 4}],
    [{"pages": 3}, {"page": 2}, {"page": 2}],
    [{"pages": 3}, {"page": 2}, {"page": 1}],
    [{"pages": 3}, {"page": 0}],
    [{"pages": 3}, {"page": 1, "letters": 5}, {"letters": 5}],
    [{"pages": 3}, {"page": True}],
    [{"pages": 3}, {"pages": 300}],
    [{"pages": 3}, {"page": 1, "of": 2}],
)


def _heard(stages):
    """Ask a child; return what was heard of it and how often it was given time."""
    heard, given = [], []
    job = ChildJob(
        "read", {}, b"", lambda stage: given.append(dict(stage)) or 60.0, told=lambda s: heard.append(dict(s))
    )
    _asked(_Worker(_Told(*stages)), job, 512)
    return heard, given


@pytest.mark.parametrize("stages", HONEST)
def test_a_child_tells_its_pages_and_gains_no_time_by_them(stages):
    heard, given = _heard(stages)
    assert len(heard) == 1 + len(stages)
    assert len(given) == 1 + sum("page" not in stage for stage in stages)


@pytest.mark.parametrize("stages", LYING)
def test_a_child_that_tells_what_cannot_be_is_ended(stages):
    with pytest.raises(FaultError, match="killed"):
        _heard(stages)


def _outcome(name):
    return UploadedFile(file=name, outcome="stored")


def test_a_job_tells_how_far_its_files_are(library):
    jobs, at, go = Jobs(1), threading.Event(), threading.Event()

    def work(job: Job) -> list[UploadedFile]:
        job.goes(Underway("книга.pdf", 37, 250))
        job.goes(Underway("акт.docx", parsing=True))
        job.became(_outcome("акт.docx"))
        at.set()
        go.wait(30)
        job.became(_outcome("книга.pdf"))
        return job.outcomes

    job = jobs.submit(Job("Анна", 2), work)
    assert at.wait(30)
    told = jobs.named(library, job.id, "Анна")
    assert told["underway"] == [{"name": "книга.pdf", "page": 37, "pages": 250, "parsing": False}]
    assert told["done"] == 1
    go.set()
    job.future.result(30)
    assert jobs.named(library, job.id, "Анна")["underway"] == []
    jobs.close()


def test_an_upload_is_told_line_by_line_to_its_end():
    async def heard() -> list[dict]:
        job, out = Job("Анна", 1), []
        told = lines(job, lambda: "<table>")
        job.goes(Underway("книга.pdf", 1, 2))
        out.append(await anext(told))
        job.goes(Underway("книга.pdf", 2, 2))
        out.append(await anext(told))
        job.became(_outcome("книга.pdf"))
        job.future.set_result(job.outcomes)
        return [json.loads(line) for line in [*out, *[line async for line in told]]]

    assert asyncio.run(heard()) == [
        {"name": "книга.pdf", "told": "страница 1 из 2"},
        {"name": "книга.pdf", "told": "страница 2 из 2"},
        {"page": "<table>"},
    ]


@pytest.mark.parametrize(("error", "said"), [(BusyError("Занято."), "Занято."), (ValueError(), "сообщите о ней")])
def test_an_upload_that_fails_is_told_so(error, said):
    async def heard() -> list[dict]:
        job = Job("Анна", 1)
        job.future.set_exception(error)
        return [json.loads(line) async for line in lines(job, lambda: "")]

    (last,) = asyncio.run(heard())
    assert said in last["error"]


def test_the_page_is_answered_line_by_line(client):
    answer = client.post(
        "/library", files=[("files", ("книга.pdf", io.BytesIO(BOOK)))], headers={"Accept": "text/event-stream"}
    )
    *told, last = map(json.loads, answer.text.splitlines())
    assert {"книга.pdf"} >= {line["name"] for line in told}
    assert "книга.pdf" in last["page"]
    assert "/d/" in last["page"]


@pytest.mark.parametrize("watched", [True, False], ids=["terminal", "pipe"])
def test_a_terminal_sees_each_page_and_a_pipe_nothing(tmp_path, monkeypatch, watched):
    (tmp_path / "книга.pdf").write_bytes(BOOK)
    ours, theirs = pty.openpty() if watched else os.pipe()
    shown = bytearray()
    reader = threading.Thread(target=_drain, args=(ours, shown))
    reader.start()
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        assert [bool(one.file) for one in parsed_listed([tmp_path / "книга.pdf"])] == [True]
    reader.join(60)
    assert [f"книга.pdf: страница {n} из {PAGES}" in shown.decode() for n in range(1, PAGES + 1)] == [watched] * PAGES


def _drain(descriptor: int, into: bytearray) -> None:
    with suppress(OSError):  # so a terminal ends
        while piece := os.read(descriptor, 4096):
            into.extend(piece)
    os.close(descriptor)
