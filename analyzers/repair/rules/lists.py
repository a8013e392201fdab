"""Closed lists repair looks words up in."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ONE_LETTER = frozenset("авикосуя")
TWO_LETTER = _set("на не по из за до от об ко во со ни же бы ли но да то их ей ею им мы вы он ты те та ту ее ну")
"""Two-letter words lower case may hold; the dictionary also knows «ля», «ка», «ст», which are mostly pieces."""
ABBREVIATIONS = _set(
    """
    ст ч п пп подп абз см г гг ул им руб др пр т д е коп тыс млн млрд обл р с л стр разд гл прим ред изд вып св ум род
    проц долл
    """
)
"""What may stand before a full stop without being a word."""
LOOKALIKE_ABBREVIATIONS = _set("АО ОАО ООО ТОО РК КР РТ МО СССР РСО АНО НКО НОК ТК СК УК")
"""Russian abbreviations all of whose letters look Latin; of others («AA», «AT») nobody can tell."""
FIRST_PARTS = _set(
    """
    авто авиа агро альфа био бета вело гео глав гос евро мед меж мин мос медиа микро макро нефте обл омега пром проф рай
    рос сбер сель соц спец строй тех транс теле уни фин эко экс электро энерго газ лен сев юг центр интер инвест веб
    кибер мульти первый русс совет союз ин ком нар рег потреб урал сиб даль хим орг мега супер гипер нано бизнес бюро
    вест восток север
    """
)
"""What names of bodies and firms begin with: «РосПотребНадзор», «АльфаБанк», «ГазПром» stay whole."""
NOUN_PREFIXES = _set(
    """
    анти гипер гос макро микро мини мульти нео псевдо спец супер транс ультра фото гидро гео авиа авто био видео теле
    электро энерго нефте газо мед тех проф водо радио термо аэро нано тур агро метео
    """
)
PREFIXES = NOUN_PREFIXES | _set(
    """
    бес внутри дву двух меж много недо обще около пере полу пост пред противо рос само сверх трех
    """
)
"""What words no dictionary holds begin with: «предпаводковый», «спецконтингент»."""
ENDINGS = _set("а ы ая ое ые ся ов ев ей ам ями ами ых ой ого его ка ки ца на ная ый ий")
"""Second endings forms print in brackets: «уведомлен(а)»."""
HYPHEN_TAILS = _set("то либо нибудь таки ка с")
HYPHEN_HEADS = _set(
    """
    кое кой экс вице обер унтер штаб нетто брутто мастер видео аудио веб онлайн интернет медиа блок бизнес факс
    пресс генерал премьер конференц
    """
)
SOFT_HEADS = _set("обще внешне внутри средне древне выше ниже дальне ближне южно вне сельско")
"""First parts in «е» and the like; any in «о» may be one."""
_APPOSED = _set(
    """
    член участни учредител депозитари министр президент секретар инспектор директор наблюдател исполнител экспедитор
    нотариус консультант юрист город столиц правопреемни получател отправител импортер экспортер инвалид сирот продаж
    заказчик передач сдач мигрант беженц апатрид заявител страховщик
    """
)


def apposed(noun: str) -> bool:
    """Say whether legal Russian hangs a folded noun on another: «государства-члены», «купля-продажа».

    >>> apposed("участники"), apposed("закона")
    (True, False)
    """
    return noun.startswith(tuple(_APPOSED))
