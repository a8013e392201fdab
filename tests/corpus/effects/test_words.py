"""Instructions one by one over one act: what each makes of the text, or why it is refused."""

import pytest

from corpus.effects.editions import Amending, editions
from corpus.effects.instructions import stored
from corpus.model import Instrument
from tests.corpus.effects.generator.acts import amending, head, parsed, texts

MADE = (
    (
        "в статье 2: подпункт «а» исключить, подпункты «б» и «в» считать соответственно подпунктами «а» и «б»",
        {"art_2__point_a": "проведения общих выставок мёда и воска;", "art_2__point_v": None},
    ),
    (
        "в пункте 1 статьи 1 слова «обмене матками» заменить словами «купле маток», слова «приграничной полосы» исключить",
        {"art_1__para_1": "Стороны сотрудничают в разведении пчёл, купле маток и борьбе с клещом на пасеках."},
    ),
    (
        "второе предложение пункта 3 статьи 3 исключить",
        {"art_3__para_3": "Перевозка ульев без разрешения не допускается."},
    ),
    (
        "по тексту слова «пчеловодная палата» заменить в соответствующем падеже словами «ветеринарное ведомство»",
        {
            "art_3__para_1": "Разрешение на перевозку ульев выдаётся ветеринарным ведомством в течение 20 дней со дня получения "
            "заявки."
        },
    ),
    (
        "статью 4 дополнить абзацами следующего содержания:\n«Сметы составляются ежегодно.\nСметы подписывают обе Стороны.»",
        {"art_4__al_2": "Сметы составляются ежегодно.", "art_4__al_3": "Сметы подписывают обе Стороны."},
    ),
    (
        "дополнить статьями 5.1 и 5.2 следующего содержания:\n«Статья 5.1\nПервая.\nСтатья 5.2. Сметы\n1. Вторая.»",
        {"art_5-1": "Первая.", "art_5-2": "", "art_5-2__para_1": "Вторая."},
    ),
    (
        "статью 5 озаглавить «О спорах»",
        {"art_5": "Споры разрешаются смешанной комиссией пасечников в порядке, о котором Стороны условятся особо."},
    ),
)
REFUSED = (
    ("в пункте 3 статьи 3 слово «убытки» заменить словом «ущерб»", "стоят там несколько раз"),
    ("пункт 9 статьи 3 исключить", "такого положения нет"),
    ("статью 3 дополнить пунктом 2 следующего содержания:\n«2. Новое.»", "номер уже занят"),
    ("пункт 1 статьи 1 изложить в следующей редакции:\n«7. Новое.»", "другой номер"),
    ("пункт 1 статьи 1 шустро исключить", "не прочитано слово"),
    ("в пункте 1 статьи 1 слова «обмене матками» заменить словами «купле маток", "кавычки не закрыты"),
    ("пункт 1 статьи 1 исключить, пункт 8 статьи 9 исключить", "такого положения нет"),
)


@pytest.fixture(scope="module")
def act() -> Instrument:
    return parsed(texts()["agreement"])


@pytest.mark.parametrize(("instruction", "wanted"), MADE)
def test_made(act: Instrument, instruction: str, wanted: dict[str, str | None]) -> None:
    last = editions(act, [Amending("p", "2007-07-07", None, _read(act, instruction))], None)[-1]
    have = {p.eid: p.text for root in last.provisions for p in root.walk()}
    assert not last.unapplied
    assert {eid: have.get(eid) for eid in wanted} == wanted


@pytest.mark.parametrize(("instruction", "reason"), REFUSED)
def test_refused_whole(act: Instrument, instruction: str, reason: str) -> None:
    last = editions(act, [Amending("p", "2007-07-07", None, _read(act, instruction))], None)[-1]
    assert last.provisions == act.provisions
    assert reason in "; ".join(u.reason for u in last.unapplied)


def _read(act: Instrument, instruction: str) -> tuple:  # type: ignore[type-arg]
    return stored(parsed(amending(act, [instruction]), "amending.txt"))


HONEY = """Статья 1

1. Мёд сдаётся в бочках. Бочки клеймит палата. Клеймо ставится за 30 дней.

2. Палатами являются:

от Липовца – палата мёда;

от Вереска – палата воска;

от обеих – смешанная палата.

Статья 2

Сборы платит владелец бочки.

Иные сборы не взимаются."""
FIRST, SECOND, THIRD = "Мёд сдаётся в бочках.", "Бочки клеймит палата.", "Клеймо ставится за 30 дней."
COUNTED: tuple[tuple[str, dict[str, str | None]], ...] = (
    ("в пункте 1 статьи 1 второе и третье предложения исключить", {"art_1__para_1": FIRST}),
    ("первое, третье предложения пункта 1 статьи 1 исключить", {"art_1__para_1": SECOND}),
    (
        "в пункте 1 статьи 1:\nа) второе предложение исключить;\nб) в третьем предложении слова «30 дней» заменить словами «20 дней»",
        {"art_1__para_1": f"{FIRST} Клеймо ставится за 20 дней."},
    ),
    (
        (
            "пункт 2 статьи 1:\nпосле абзаца первого дополнить абзацем следующего содержания:\n«от пасек – староста;»;\n"
            "в абзаце третьем слово «воска» заменить словом «сот»"
        ),
        {"art_1__para_2__al_2": "от пасек – староста;", "art_1__para_2__al_4": "от Вереска – палата сот;"},
    ),
    (
        "в пункте 2 статьи 1:\nа) абзац второй исключить;\nб) в абзаце третьем слово «воска» заменить словом «сот»",
        {"art_1__para_2__al_2": "от Вереска – палата сот;"},
    ),
    (
        "в пункте 2 статьи 1 абзац второй исключить, абзацы третий и четвёртый считать абзацами вторым и третьим",
        {"art_1__para_2__al_2": "от Вереска – палата воска;", "art_1__para_2__al_4": None},
    ),
    ("последний абзац статьи 2 исключить", {"art_2__al_2": None}),
    ("часть первую статьи 2 дополнить словами «и воз»", {"art_2": "Сборы платит владелец бочки и воз."}),
    (
        "статью 2 изложить в следующей редакции: «Статья 2. Сборы\n1. Сборы платит палата.\n2. Иных сборов нет.»",
        {"art_2": "", "art_2__para_1": "Сборы платит палата.", "art_2__al_2": None},
    ),
)
UNTOLD = (
    (
        "в пункте 1 статьи 1 первое предложение исключить, второе предложение изложить в следующей редакции: «Их клеймят.»",
        "по какому счёту",
    ),
    (
        "в пункте 2 статьи 1:\nа) абзац второй исключить;\nб) абзац третий изложить в следующей редакции:\n«от пасек – никто;»",
        "по какому счёту",
    ),
    (
        "в пункте 2 статьи 1:\nа) абзац второй исключить;\nб) абзац второй изложить в следующей редакции:\n«от пасек – никто;»",
        "исключён этим же актом",
    ),
    (
        "в пункте 1 статьи 1:\nа) второе предложение исключить;\nб) второе предложение изложить в следующей редакции: «Их клеймят.»",
        "предложения изменены этим же актом",
    ),
)


@pytest.fixture(scope="module")
def honey() -> Instrument:
    return parsed(head("agreement", HONEY))


@pytest.mark.parametrize(("instruction", "wanted"), COUNTED)
def test_paragraphs_and_sentences_are_counted_as_the_act_found_them(
    honey: Instrument, instruction: str, wanted: dict[str, str | None]
) -> None:
    test_made(honey, instruction, wanted)


@pytest.mark.parametrize(("instruction", "reason"), UNTOLD)
def test_where_either_count_may_be_meant_nothing_is_done(honey: Instrument, instruction: str, reason: str) -> None:
    last = editions(honey, [Amending("p", "2007-07-07", None, _read(honey, instruction))], None)[-1]
    assert [reason in u.reason for u in last.unapplied] == [True]
