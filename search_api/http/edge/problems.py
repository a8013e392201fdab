"""RFC 9457 problems: the one table of codes and HTTP statuses."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from corpus.plain import JsonObject, Record

MEDIA_TYPE = "application/problem+json"


class Row(NamedTuple):
    """A status and the title every problem of the code has."""

    status: int
    title: str


TABLE: dict[str, Row] = {
    "bad-request": Row(400, "Запрос не разобран"),
    "bad-query": Row(400, "Запрос к поиску не понят"),
    "bad-cursor": Row(400, "Метка страницы не подходит к запросу"),
    "unauthorized": Row(401, "Нужен ключ"),
    "forbidden": Row(403, "Нет доступа"),
    "foreign-site": Row(403, "Запрос с чужого сайта"),
    "not-found": Row(404, "Не найдено"),
    "method-not-allowed": Row(405, "Метод не поддерживается"),
    "not-acceptable": Row(406, "Такого представления нет"),
    "too-late": Row(408, "Запрос шёл слишком долго"),
    "conflict": Row(409, "Данные изменены другим"),
    "other-bytes": Row(409, "Имя занято файлом с другим содержимым"),
    "library-busy": Row(409, "Библиотека занята записью"),
    "precondition-failed": Row(412, "Документ изменился"),
    "too-large": Row(413, "Слишком большой запрос"),
    "unsupported-media-type": Row(415, "Такой вид данных не принимается"),
    "wrong-host": Row(421, "Запрос пришёл не по адресу"),
    "bad-input": Row(422, "Файл не принят"),
    "invalid": Row(422, "Неверные значения в запросе"),
    "too-many": Row(429, "Слишком часто"),
    "error": Row(500, "Внутренняя ошибка"),
    "usage": Row(500, "Служба настроена неверно"),
    "too-slow": Row(422, "Текст разбирается слишком долго"),
    "busy": Row(503, "Служба занята"),
    "library-unavailable": Row(503, "Библиотека недоступна"),
}
BY_STATUS = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "too-late",
    409: "conflict",
    412: "precondition-failed",
    413: "too-large",
    415: "unsupported-media-type",
    421: "wrong-host",
    422: "invalid",
    429: "too-many",
    503: "library-unavailable",
}
DETAIL = {
    "wrong-host": "Служба не знает такого имени узла. Имена, под которыми она доступна, задаёт SVOD_NAMES.",
    "foreign-site": "Запись принимается только со страниц самой службы.",
    "bad-request": "Запрос не удалось прочитать. Проверьте, что он составлен по описанию интерфейса.",
    "not-found": "По этому адресу ничего нет. Проверьте адрес или начните с поиска.",
    "method-not-allowed": "Этот адрес не отвечает на такой метод. Допустимые методы названы в заголовке Allow.",
    "too-large": "Запрос больше допустимого. Загрузите файлы по частям.",
    "too-late": "Тело запроса шло слишком долго. Проверьте связь и повторите.",
    "too-many": "Запросов слишком много. Подождите и повторите.",
    "error": "Что-то пошло не так на стороне сервера. Повторите запрос; если ошибка повторится, сообщите о ней.",
}


# What a value must be, by pydantic's name of the fault; the braces are its own context.
_FAULTS = {
    "missing": "нужно указать",
    "extra_forbidden": "такого здесь нет",
    "string_too_long": "не длиннее {max_length} знаков",
    "string_too_short": "не короче {min_length} знаков",
    "too_long": "не больше {max_length} значений",
    "too_short": "не меньше {min_length} значений",
    "greater_than_equal": "не меньше {ge}",
    "greater_than": "больше {gt}",
    "less_than_equal": "не больше {le}",
    "less_than": "меньше {lt}",
    "enum": "одно из: {expected}",
    "literal_error": "одно из: {expected}",
    "string_pattern_mismatch": "записано не так, как нужно",
    "int_parsing": "нужно целое число",
    "int_parsing_size": "слишком большое число",
    "int_from_float": "нужно целое число",
    "int_type": "нужно целое число",
    "float_parsing": "нужно число",
    "float_type": "нужно число",
    "finite_number": "нужно конечное число",
    "bool_parsing": "нужно true или false",
    "bool_type": "нужно true или false",
    "string_type": "нужна строка",
    "list_type": "нужен список",
    "dict_type": "нужен объект",
    "model_type": "нужен объект",
    "model_attributes_type": "нужен объект",
    "union_tag_invalid": "одно из: {expected_tags}",
    "union_tag_not_found": "непонятно, о чём решение",
    "day": "такого дня нет; пишется ГГГГ, ГГГГ-ММ или ГГГГ-ММ-ДД",
    "json_invalid": "это не JSON",
}

_UNNAMED = "не такое значение, какое здесь нужно"


def fault(error: JsonObject) -> str:
    """Say in Russian what is wrong with a value, from pydantic's account of it.

    >>> fault({"type": "less_than_equal", "msg": "Input should be less than or equal to 100", "ctx": {"le": 100}})
    'не больше 100'
    """
    context = {name: str(value).replace(" or ", ", ") for name, value in error.get("ctx", {}).items()}
    try:
        return _FAULTS.get(error["type"], _UNNAMED).format(**context)
    except KeyError:
        return _UNNAMED


class ProblemError(Exception):
    """An error of the HTTP edge itself: `code` is a key of TABLE, `detail` a Russian sentence."""

    def __init__(self, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.code, self.detail, self.headers, self.more = code, detail, dict(headers or {}), more


class Problem(BaseModel):
    """An error as RFC 9457 writes it; `code` is for programs, `detail` for people."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "type": "urn:svod:problem:not-found",
                "title": "Не найдено",
                "status": 404,
                "detail": "Документа agreement-2008-10-23-o-sotrudnichestve-0a1b2c в библиотеке нет.",
                "code": "not-found",
            }
        },
    )
    type: str = Field(description="URN вида urn:svod:problem:код")
    title: str
    status: int
    detail: str
    code: str


def documented(*codes: str) -> dict[int | str, Record]:
    """Describe problems of these codes for OpenAPI, one entry a status."""
    out: dict[int | str, Record] = {}
    for code in codes:
        row = TABLE[code]
        known = out.get(row.status, {}).get("description")
        out[row.status] = {
            "description": f"{known}; {row.title}" if known else row.title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return out


def problem_body(code: str, detail: str, **more: Any) -> Record:
    """Build the members of a problem; an unknown code is an internal error."""
    row = TABLE.get(code, TABLE["error"])
    return {
        "type": f"urn:svod:problem:{code}",
        "title": row.title,
        "status": row.status,
        "detail": detail,
        "code": code,
        **more,
    }
