"""Names of fields and of their values as lawyers write them."""

from collections.abc import Mapping

from corpus.clauses.tree import FieldName
from corpus.effects.standing import Validity
from corpus.lexicon.acts import WORDS
from corpus.lexicon.units_of_acts import NAMES
from corpus.model import InstrumentType, Kind

# Each name with what it filters by; the first Russian one is shown.
FIELDS: dict[str, FieldName] = {
    "ст": FieldName.ARTICLE,
    "статья": FieldName.ARTICLE,
    "article": FieldName.ARTICLE,
    "тип": FieldName.TYPE,
    "вид": FieldName.TYPE,
    "type": FieldName.TYPE,
    "сторона": FieldName.PARTY,
    "party": FieldName.PARTY,
    "орган": FieldName.BODY,
    "ведомство": FieldName.BODY,
    "body": FieldName.BODY,
    "место": FieldName.PLACE,
    "город": FieldName.PLACE,
    "place": FieldName.PLACE,
    "дата": FieldName.DATE,
    "год": FieldName.DATE,
    "date": FieldName.DATE,
    "year": FieldName.DATE,
    "тема": FieldName.TOPIC,
    "topic": FieldName.TOPIC,
    "есть": FieldName.HAS,
    "has": FieldName.HAS,
    "нет": FieldName.LACKS,
    "lacks": FieldName.LACKS,
    "документ": FieldName.DOCUMENT,
    "акт": FieldName.DOCUMENT,
    "document": FieldName.DOCUMENT,
    "doc": FieldName.DOCUMENT,
    "уровень": FieldName.KIND,
    "kind": FieldName.KIND,
    "level": FieldName.KIND,
    "язык": FieldName.LANGUAGE,
    "language": FieldName.LANGUAGE,
    "номер": FieldName.NUMBER,
    "number": FieldName.NUMBER,
    "название": FieldName.TITLE,
    "title": FieldName.TITLE,
    "состояние": FieldName.STATE,
    "state": FieldName.STATE,
    "действует": FieldName.IN_FORCE,
    "in_force": FieldName.IN_FORCE,
    "файл": FieldName.SOURCE,
    "источник": FieldName.SOURCE,
    "source": FieldName.SOURCE,
}

TYPES: Mapping[str, tuple[str, ...]] = (
    {word.word: (str(word.type),) for word in WORDS.values()}
    | {"судебный": (str(InstrumentType.RULING),)}
    | {str(t): (str(t),) for t in InstrumentType}
)

KINDS: Mapping[str, tuple[str, ...]] = {
    u.asked or u.name.lower(): tuple(k for k, other in NAMES.items() if other.name == u.name) for u in NAMES.values()
} | {str(k): (k,) for k in Kind}

STATES: Mapping[str, tuple[Validity, ...]] = {
    "в-силе": (Validity.IN_FORCE, Validity.AMENDED),
    "действует": (Validity.IN_FORCE, Validity.AMENDED),
    "изменено": (Validity.AMENDED,),
    "не-действует": (Validity.TERMINATED, Validity.REPEALED, Validity.SUPERSEDED, Validity.EXPIRED),
    "прекращено": (Validity.TERMINATED,),
    "утратило-силу": (Validity.REPEALED,),
    "заменено": (Validity.SUPERSEDED,),
    "истекло": (Validity.EXPIRED,),
    "приостановлено": (Validity.SUSPENDED,),
    "не-вступило": (Validity.NOT_IN_FORCE,),
    "проект": (Validity.DRAFT,),
    "неизвестно": (Validity.UNKNOWN,),
} | {str(v): (v,) for v in Validity}
"""The values of «состояние:», words and codes."""

SHOWN: dict[FieldName, str] = {
    FieldName.ARTICLE: "статья",
    FieldName.TYPE: "тип",
    FieldName.PARTY: "сторона",
    FieldName.BODY: "орган",
    FieldName.PLACE: "место",
    FieldName.DATE: "дата",
    FieldName.TOPIC: "тема",
    FieldName.DOCUMENT: "документ",
    FieldName.KIND: "уровень",
    FieldName.LANGUAGE: "язык",
    FieldName.NUMBER: "номер",
    FieldName.TITLE: "название",
    FieldName.SOURCE: "файл",
    FieldName.CITES: "ссылка",
    FieldName.STATE: "состояние",
    FieldName.IN_FORCE: "действует",
    FieldName.HAS: "есть",
    FieldName.LACKS: "нет",
}
