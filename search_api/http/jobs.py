"""Uploads over HTTP: taken as jobs, waited for a while, asked after by their address."""

from dataclasses import asdict
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, File, Header, Path, Query, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from corpus.library import Library, Other
from search_api.answers.responses import Answer, UploadedFile
from search_api.http.edge.problems import ProblemError, documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.service.intake import Taking, owned, take
from search_api.service.settings import Settings
from search_api.service.tokens import origin_now
from search_api.service.work.uploading import JOB, Job, Jobs, JobState, ended
from search_api.service.workers import Workers, Working

router = APIRouter(prefix="/api/v1", tags=["documents"], route_class=Route)


class FileUnderway(Answer):
    """A file that is read or parsed now: `page` of its `pages` is read (0 where it has none), or `parsing` its text."""

    name: str
    page: int
    pages: int
    parsing: bool


class JobAnswer(Answer):
    """An upload under way or ended; `outcomes` grow file by file, `underway` are the files in hand."""

    id: str
    state: JobState
    files: int
    done: int
    made: str
    outcomes: tuple[UploadedFile, ...] = ()
    underway: tuple[FileUnderway, ...] = ()
    trouble: str = ""


def taking_of(
    request: Request,
    author: Author,
    other: Annotated[Other, Query(description="Имя занято другим содержимым: отказать, новой версией, рядом")] = (
        Other.REFUSE
    ),
    fund: Annotated[str, Query(max_length=40, description="Фонд, куда сохранить; без него — общий")] = "",
) -> Taking:
    """Return how the files of a request are taken."""
    settings: Settings = request.app.state.settings
    return Taking(settings.max_file, origin_now(author, fund), other)


def begun(library: Library, working: Workers, jobs: Jobs, taking: Taking, files: list[UploadFile]) -> Job:
    """Queue an upload; its bytes are the job's from now on. Raise BusyError when the queue is full."""
    job = Job(taking.origin.author, len(files))
    uploads = owned(files)
    return jobs.submit(job, lambda watching: take(library, uploads, working.parsing, taking, watching))


@router.post(
    "/documents",
    summary="Загрузить файлы",
    status_code=200,
    response_model=list[UploadedFile],
    responses=documented(
        "unauthorized", "forbidden", "library-busy", "other-bytes", "too-large", "bad-input", "busy",
        "library-unavailable",
    )
    | {202: {"model": JobAnswer, "description": "Загружается; за ходом следят по адресу из Location"}},
)  # fmt: skip
async def upload(
    request: Request,
    library: Opened,
    working: Working,
    taking: Annotated[Taking, Depends(taking_of)],
    files: Annotated[list[UploadFile], File(description="Файлы: TXT, Markdown, HTML, PDF, DOCX, RTF, ODT")],
    prefer: Annotated[str, Header(description="respond-async: не ждать, сразу ответить адресом загрузки")] = "",
) -> Response:
    """Store files; one outcome per file, one bad file never stops the rest. Repeating an upload changes nothing.

    What takes longer than some seconds is answered by 202 and the job's address. Where no file could be stored
    the answer is a problem whose member `files` holds the outcomes: 409 where a name is taken by other bytes, else 422.
    """
    jobs: Jobs = request.app.state.jobs
    job = begun(library, working, jobs, taking, files)
    settings: Settings = request.app.state.settings
    if not await ended(job, 0.0 if "respond-async" in prefer else settings.upload_wait):
        return await _accepted(job, library)
    outcomes = job.future.result()
    structlog.get_logger().info("uploaded", author=job.owner, files=len(files))
    shaped = [o.model_dump(mode="json") for o in outcomes]
    if all(o.outcome == "failed" for o in outcomes):
        told = " ".join(o.problem.detail for o in outcomes if o.problem)
        taken = any(o.problem and o.problem.code == "other-bytes" for o in outcomes)
        raise ProblemError("other-bytes" if taken else "bad-input", told, files=shaped)
    return JSONResponse(shaped)


async def _accepted(job: Job, library: Opened) -> Response:
    """Answer by the job's address; how it ends is kept where every process of the service finds it."""
    whole = library.whole

    def keep(_: object = None) -> None:
        whole.register(JOB, job.id, job.told())

    def follow() -> None:
        keep()
        job.future.add_done_callback(keep)  # at once where it has ended meanwhile: not on the loop of events

    await run_in_threadpool(follow)
    address = f"/api/v1/jobs/{job.id}"
    told = JobAnswer.model_validate(
        {"id": job.id, **job.told(), "underway": [*map(asdict, job.underway())]}
    ).model_dump(mode="json")
    return JSONResponse(told, 202, {"Location": address, "Retry-After": "2"})


@router.get(
    "/jobs/{job}",
    summary="Ход загрузки",
    responses=documented("unauthorized", "forbidden", "not-found", "invalid", "library-unavailable"),
)
def job(
    request: Request, library: Opened, author: Author, job: Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
) -> JobAnswer:
    """Tell how far an upload of one's own is."""
    jobs: Jobs = request.app.state.jobs
    return JobAnswer.model_validate({"id": job, **jobs.named(library.whole, job, author)})
