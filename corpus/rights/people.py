"""Users and their roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus.errors import ForbiddenError, InputError, NotFoundError
from corpus.library import Library

USER: Final = "user"
_NAME = re.compile(r"[^\W_][\w.'@ -]{0,59}")


class UserRole(StrEnum):
    """What a user does: a reader reads, an editor writes too, an admin keeps users, keys and funds."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


RANK: Final = tuple(UserRole)
ROLES_IN_RUSSIAN: Final = {UserRole.READER: "читатель", UserRole.EDITOR: "редактор", UserRole.ADMIN: "администратор"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks; `limited` is whoever came by a key or a session: the owner of the machine is not.

    `via` tells the key or session by its public part, "" where there is none.
    """

    name: str
    role: UserRole
    limited: bool = True
    via: str = ""

    def may(self, role: UserRole) -> bool:
        """Say whether this role includes another."""
        return RANK.index(self.role) >= RANK.index(role)

    def must(self, role: UserRole) -> None:
        """Raise ForbiddenError when the role is not enough."""
        if not self.may(role):
            raise ForbiddenError(
                f"Для этого нужна роль «{ROLES_IN_RUSSIAN[role]}»; у вас «{ROLES_IN_RUSSIAN[self.role]}». "
                "Роли раздаёт администратор: svod users."
            )


@dataclass(frozen=True, slots=True)
class User:
    """A user as registered."""

    name: str
    role: UserRole


def users(library: Library) -> Sequence[User]:
    """Return the users by name."""
    return [User(str(e["key"]), UserRole(e["role"])) for e in library.registered(USER)]


def set_user(library: Library, name: str, role: UserRole) -> User:
    """Register a user or change the role; raise InputError for what is no name."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise InputError(f"«{name[:60]}» — не имя: нужны буквы, цифры, пробел, «.», «-», «@», не длиннее 60 знаков.")
    library.register(USER, name, {"role": str(role)})
    return User(name, role)


def remove_user(library: Library, name: str) -> None:
    """Remove a user with all keys and sessions; raise NotFoundError."""
    if not any(user.name == name for user in users(library)):
        raise NotFoundError(f"Пользователя «{name}» нет. Список: svod users")
    library.register(USER, name, None)
    for entry in library.registered("key", "session"):
        if entry["user"] == name:
            library.register(str(entry["register"]), str(entry["key"]), None)
