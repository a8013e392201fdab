"""Users, keys and funds over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, ConfigDict, Field

from corpus.rights import keys, people
from corpus.rights.funds import Fund, Rights, funds, set_fund
from corpus.rights.people import UserRole
from search_api.answers.standing import Answered
from search_api.http.edge.parameters import DocumentId
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Admin, Author, Opened

router = APIRouter(prefix="/api/v1", tags=["rights"], route_class=Route)
REFUSALS = documented("unauthorized", "forbidden", "not-found", "bad-input", "invalid", "library-unavailable")

UserName = Annotated[str, Path(max_length=60, examples=["Анна Серова"])]
FundId = Annotated[str, Path(max_length=40, examples=["sdelka"])]
KeyId = Annotated[str, Path(max_length=80, examples=["0a1b2c3d4e5f"])]
Name = Annotated[str, Field(max_length=60)]


class UserAnswer(Answered):
    """A user and the role."""

    name: str
    role: UserRole


class KeyAnswer(Answered):
    """A key without its secret; `over` says that it has ended."""

    id: str
    user: str
    made: str
    expires: str
    note: str
    over: bool


class NewKeyAnswer(KeyAnswer):
    """A key just made; `secret` is told this once."""

    secret: str


class FundAnswer(Answered):
    """A fund, who reads it and who writes; "*" is everybody."""

    id: str
    title: str
    readers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


class RoleGiven(BaseModel):
    """The role of a user."""

    model_config = ConfigDict(extra="forbid")
    role: UserRole


class KeyGiven(BaseModel):
    """Whose a new key is and how long it lives."""

    model_config = ConfigDict(extra="forbid")
    user: Name
    days: float = Field(keys.DAYS, gt=0, le=3660)
    note: str = Field("", max_length=100)


class FundGiven(BaseModel):
    """What a fund is to be."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field("", max_length=200)
    readers: list[Name] = Field([], max_length=1000)
    editors: list[Name] = Field([], max_length=1000)


class Destination(BaseModel):
    """The fund a document's file goes to; "" is the common one."""

    model_config = ConfigDict(extra="forbid")
    fund: str = Field(max_length=40)


@router.get("/users", summary="Пользователи", responses=REFUSALS)
def users(library: Opened, admin: Admin) -> list[UserAnswer]:
    """List the users."""
    del admin
    return [UserAnswer.model_validate(user) for user in people.users(library)]


@router.put("/users/{user}", summary="Завести пользователя или сменить роль", responses=REFUSALS)
def put_user(library: Opened, admin: Admin, user: UserName, given: Annotated[RoleGiven, Body()]) -> UserAnswer:
    """Register a user, or change the role: it holds from the next request on."""
    del admin
    return UserAnswer.model_validate(people.set_user(library, user, given.role))


@router.delete("/users/{user}", summary="Убрать пользователя", status_code=204, responses=REFUSALS)
def delete_user(library: Opened, admin: Admin, user: UserName) -> None:
    """Remove a user with all keys and sessions."""
    del admin
    people.remove_user(library, user)


@router.get("/keys", summary="Ключи", responses=REFUSALS)
def list_keys(library: Opened, admin: Admin) -> list[KeyAnswer]:
    """List the keys without their secrets."""
    del admin
    return [KeyAnswer.model_validate(key) for key in keys.listed(library)]


@router.post("/keys", summary="Выдать ключ", status_code=201, responses=REFUSALS)
def make_key(library: Opened, admin: Admin, given: Annotated[KeyGiven, Body()]) -> NewKeyAnswer:
    """Make a key; its secret is told in this answer alone."""
    del admin
    secret, key = keys.make(library, given.user, given.days, given.note)
    return NewKeyAnswer(secret=secret, **KeyAnswer.model_validate(key).model_dump())


@router.delete("/keys/{key}", summary="Отозвать ключ", status_code=204, responses=REFUSALS)
def revoke_key(library: Opened, admin: Admin, key: KeyId) -> None:
    """End a key at once."""
    del admin
    keys.revoke(library, key)


@router.get("/funds", summary="Фонды, которые вам открыты", responses=REFUSALS)
def list_funds(library: Opened) -> list[FundAnswer]:
    """List the funds who asks may read; their members are told to admins alone."""
    mine: Rights | None = library.rights
    seen = [f for f in funds(library.whole) if mine is None or f.id in mine.reads]
    told = library.person.may(UserRole.ADMIN)
    return [FundAnswer.model_validate(f) if told else FundAnswer(id=f.id, title=f.title) for f in seen]


@router.put("/funds/{fund}", summary="Завести фонд или сменить права", responses=REFUSALS)
def put_fund(library: Opened, admin: Admin, fund: FundId, given: Annotated[FundGiven, Body()]) -> FundAnswer:
    """Register a fund or change who reads and writes it; `-` is the common one."""
    del admin
    id_ = "" if fund == "-" else fund
    made = Fund(id_, given.title, tuple(given.readers), tuple(given.editors))
    return FundAnswer.model_validate(set_fund(library, made))


@router.put("/documents/{document}/fund", summary="Переложить в другой фонд", status_code=204, responses=REFUSALS)
def move(library: Opened, author: Author, document: DocumentId, given: Annotated[Destination, Body()]) -> None:
    """Move the file a document stands in, with all its documents and versions."""
    del author
    library.move(document, given.fund)


@router.post("/documents/{document}/erasure", summary="Стереть документ навсегда", status_code=204, responses=REFUSALS)
def erase(library: Opened, admin: Admin, document: DocumentId) -> None:
    """Erase a document's words from everything kept: text, versions, decisions, index. Nothing brings it back."""
    del admin
    library.erase(document)
