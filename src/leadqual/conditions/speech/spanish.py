"""Spanish."""

from typing import Final

from leadqual.conditions.speech.table import Speech

_DETERMINED: Final = (
    "el ", "la ", "los ", "las ", "lo ", "un ", "una ", "unos ", "unas ", "su ", "sus ", "nuestro ", "nuestra ",
)  # fmt: skip
_FEMININE_ENDINGS: Final = ("a", "ión", "dad", "tad", "tud", "umbre", "ez", "eza", "triz")
_MASCULINE_ENDINGS: Final = ("ema", "ama", "oma", "ima", "avión", "camión")
_FEMININE: Final = frozenset({
    "agenda", "app", "base", "calle", "cama", "clase", "clave", "crisis", "demo", "dama", "fase", "foto", "frase",
    "fuente", "gama", "gente", "imagen", "ley", "llave", "mano", "parte", "pyme", "razón", "red", "sede", "señal",
    "serie", "suma", "tesis", "víctima", "web",
})  # fmt: skip
_MASCULINE: Final = frozenset({"día", "mapa", "planeta", "puesto", "juez"})


def _one(noun: str) -> tuple[str, bool]:
    """Return the first word of a noun in the singular, and whether it was in the plural."""
    head = noun.lower().split(" ", 1)[0]
    many = len(head) > 3 and head.endswith("s") and not head.endswith(("is", "us", "ás", "és", "ís", "ós", "ús"))
    if not many:
        return head, False
    if head.endswith("iones"):
        return f"{head[:-5]}ión", True
    ends_in_consonant = head.endswith(("dades", "tades", "tudes", "ores", "ales", "eles", "iles", "redes", "zones"))
    return head[:-2] if ends_in_consonant else head[:-1], True


def _the(noun: str) -> str:
    """Put the article before a noun; a label may begin with one, where its ending misleads."""
    if noun.lower().startswith(_DETERMINED):
        return noun
    one, many = _one(noun)
    by_ending = one.endswith(_FEMININE_ENDINGS) and not one.endswith(_MASCULINE_ENDINGS)
    feminine = one in _FEMININE or (by_ending and one not in _MASCULINE)
    article = ("las" if feminine else "los") if many else ("la" if feminine else "el")
    return f"{article} {noun}"


def _of(noun: str) -> str:
    """Put *de* and the article before a noun; *de el* becomes *del*."""
    words = _the(noun)
    return f"d{words}" if words.startswith("el ") else f"de {words}"


def _many(noun: str) -> bool:
    words = noun.lower()
    if words.startswith(("los ", "las ", "sus ", "unos ", "unas ")):
        return True
    return not words.startswith(_DETERMINED) and _one(words)[1]


SPANISH: Final = Speech(
    names={
        "id": "identificador",
        "kind": "tipo de lead",
        "email": "correo electrónico",
        "phone": "teléfono",
        "company_id": "empresa",
        "acquisition": "captación",
        "channel": "canal",
        "source": "fuente",
        "zone": "zona horaria",
        "language": "idioma",
        "created_at": "fecha de alta",
        "fit": "encaje",
        "fit_high": "mejor encaje posible",
        "interest": "interés",
        "total": "total",
        "grade": "letra",
        "level": "nivel",
        "label": "etiqueta",
        "completeness": "parte del perfil que se conoce",
        "interactions": "interacciones",
        "active_days": "días con actividad",
        "kinds": "tipos de interacción",
        "days_since_activity": "días desde la última acción",
        "days_since_contact": "días desde nuestro último contacto",
        "persona": "perfil de comprador",
        "need": "necesidad",
        "stage": "etapa",
        "days_in_stage": "días en la etapa",
        "attempts": "intentos",
        "furthest": "etapa más avanzada",
        "cycle": "ciclo",
        "lead_id": "identificador del lead",
        "event_id": "identificador de la acción",
        "at": "momento de la acción",
        "by": "autoría de la acción",
        "since": "momento desde el que cuentan las acciones",
        "valid_from": "momento desde el que valen los datos",
        "score.qualifies": "etapas para las que basta la puntuación",
        "score.stays": "etapas en las que la puntuación basta para seguir",
        "score.gate": "motivo para dejar fuera al lead",
        "input.kind": "tipo de acción",
        "input.by": "autor de la acción",
        "verdict.reason": "motivo indicado",
        "mql": "MQL",
        "sql": "SQL",
        "subscriber": "suscriptor",
        "won": "Ganado",
        "lost": "Perdido",
        "recycle": "Reciclaje",
        "free_mail": "proveedores de correo gratuito",
        "disposable_mail": "direcciones desechables",
    },
    counted={
        "interactions": ("interacción", "interacciones"),
        "active_days": ("día con actividad", "días con actividad"),
        "days_in_stage": ("día en la etapa", "días en la etapa"),
        "attempts": ("intento", "intentos"),
        "cycle": ("ciclo", "ciclos"),
    },
    any_kind="cualquier acción del lead",
    quotes=("«", "»"),
    yes="sí",
    no="no",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ),
    day="{day} de {month} de {year}",
    instant="{day}, a las {time} UTC",
    percent="{v} %",
    the=_the,
    of=_of,
    many=_many,
    nor="ni",
    subjects={
        "group": "puntos de {name}",
        "answer": "la respuesta a {name}",
        "days_since_activity": "la última acción del lead",
        "days_since_contact": "nuestro último contacto",
    },
    phrases={
        "known": "se [conoce|conocen]",
        "unknown": "no se [conoce|conocen]",
        "is": "[es|son] {v}",
        "not is": "no [es|son] {v}",
        "is list": "[está|están] en la lista {v}",
        "not is list": "no [está|están] en la lista {v}",
        "lt": "[es inferior|son inferiores] a {v}",
        "le": "[es de|son] {v} como máximo",
        "gt": "[es superior|son superiores] a {v}",
        "ge": "[es de|son] al menos {v}",
        "between": "[va|van] de {low} a {high}",
        "outside": "[es inferior|son inferiores] a {low} o [superior|superiores] a {high}",
        "date is": "[es|son] el {v}",
        "date not is": "no [es|son] el {v}",
        "date lt": "[es anterior|son anteriores] al {v}",
        "date le": "[es|son] el {v} o antes",
        "date gt": "[es posterior|son posteriores] al {v}",
        "date ge": "[es|son] el {v} o después",
        "date between": "[va|van] del {low} al {high}",
        "date outside": "[es anterior|son anteriores] al {low} o [posterior|posteriores] al {high}",
        "level lt": "es más caliente que {v}",
        "level le": "es {v} o más caliente",
        "level gt": "es más frío que {v}",
        "level ge": "es {v} o más frío",
        "level outside": "es más caliente que {low} o más frío que {high}",
        "ago is": "fue hace exactamente {v} [día|días]",
        "ago not is": "no fue hace exactamente {v} [día|días]",
        "ago lt": "fue hace menos de {v} [día|días]",
        "ago le": "fue hace {v} [día|días] como máximo",
        "ago gt": "fue hace más de {v} [día|días]",
        "ago ge": "fue hace al menos {v} [día|días]",
        "ago between": "fue hace entre {low} y {high} días",
        "ago outside": "fue hace menos de {low} o más de {high} días",
        "contains": "[contiene|contienen] {v}",
        "not contains": "no [contiene|contienen] {v}",
        "contains list": "[contiene|contienen] algún texto de la lista {v}",
        "not contains list": "no [contiene|contienen] ningún texto de la lista {v}",
        "word": "[contiene|contienen] la palabra {v}",
        "not word": "no [contiene|contienen] la palabra {v}",
        "words": "[contiene|contienen] alguna de las palabras {v}",
        "not words": "no [contiene|contienen] ninguna de las palabras {v}",
        "word list": "[contiene|contienen] alguna palabra de la lista {v}",
        "not word list": "no [contiene|contienen] ninguna palabra de la lista {v}",
        "starts": "[empieza|empiezan] por {v}",
        "not starts": "no [empieza|empiezan] por {v}",
        "starts list": "[empieza|empiezan] por algún texto de la lista {v}",
        "not starts list": "no [empieza|empiezan] por ningún texto de la lista {v}",
        "ends": "[termina|terminan] con {v}",
        "not ends": "no [termina|terminan] con {v}",
        "ends list": "[termina|terminan] con algún texto de la lista {v}",
        "not ends list": "no [termina|terminan] con ningún texto de la lista {v}",
        "domain": "[termina|terminan] en {v}",
        "not domain": "no [termina|terminan] en {v}",
        "domain list": "[tiene|tienen] un dominio de la lista {v}",
        "not domain list": "no [tiene|tienen] ningún dominio de la lista {v}",
        "has": "[incluye|incluyen] {v}",
        "not has": "no [incluye|incluyen] {v}",
        "has list": "[incluye|incluyen] algo de la lista {v}",
        "not has list": "no [incluye|incluyen] nada de la lista {v}",
        "has all": "[incluye|incluyen] {v}",
        "not has all": "no [incluye|incluyen] a la vez {v}",
        "has all list": "[incluye|incluyen] todo lo de la lista {v}",
        "not has all list": "no [incluye|incluyen] todo lo de la lista {v}",
    },
    whole={
        "count known": "se conoce el número de {noun}",
        "count unknown": "no se conoce el número de {noun}",
        "count is": "hay exactamente {v} {noun}",
        "count not is": "el número de {noun} no es {v}",
        "count lt": "hay menos de {v} {noun}",
        "count le": "hay {v} {noun} como máximo",
        "count gt": "hay más de {v} {noun}",
        "count ge": "hay al menos {v} {noun}",
        "count between": "hay entre {low} y {high} {noun}",
        "count outside": "hay menos de {low} o más de {high} {noun}",
        "days_since_activity known": "el lead ha hecho algo",
        "days_since_activity unknown": "el lead no ha hecho nada",
        "days_since_contact known": "ya ha habido contacto por nuestra parte",
        "days_since_contact unknown": "no ha habido contacto por nuestra parte",
        "score.qualifies has": "la puntuación basta para {v}",
        "score.qualifies not has": "la puntuación no basta para {v}",
        "score.qualifies has all": "la puntuación basta para {v}",
        "score.qualifies not has all": "la puntuación no basta para {v}",
        "score.stays has": "la puntuación basta para seguir siendo {v}",
        "score.stays not has": "la puntuación no basta para seguir siendo {v}",
        "score.stays has all": "la puntuación basta para seguir siendo {v}",
        "score.stays not has all": "la puntuación no basta para seguir siendo {v}",
        "score.gate known": "hay un motivo para dejar fuera al lead",
        "score.gate unknown": "no hay motivo para dejar fuera al lead",
        "verdict.reason known": "se indica un motivo",
        "verdict.reason unknown": "no se indica ningún motivo",
        "state.hand_raised yes": "el lead ha pedido hablar con ventas",
        "state.hand_raised no": "el lead no ha pedido hablar con ventas",
        "state.score_route_open yes": "la puntuación por sí sola puede ascender al lead",
        "state.score_route_open no": "la puntuación por sí sola aún no puede ascender al lead",
        "state.touched yes": "alguien de los nuestros ha trabajado el lead",
        "state.touched no": "nadie de los nuestros ha trabajado el lead",
        "state.accepted yes": "ventas ha aceptado el lead",
        "state.accepted no": "ventas no ha aceptado el lead",
        "state.sla_running yes": "alguien tiene que actuar dentro de un plazo",
        "state.sla_running no": "nadie tiene que actuar dentro de un plazo",
        "state.review yes": "alguien tiene que volver a mirar la etapa",
        "state.review no": "nadie tiene que volver a mirar la etapa",
        "input.interaction yes": "la acción es una interacción",
        "input.interaction no": "la acción no es una interacción",
        "input.hand_raise yes": "con la acción el lead pide hablar con ventas",
        "input.hand_raise no": "con la acción el lead no pide hablar con ventas",
        "input.reply yes": "la acción es una respuesta a nosotros",
        "input.reply no": "la acción no es una respuesta a nosotros",
        "input.capture yes": "la acción es de las que convierten a un suscriptor en lead",
        "input.capture no": "la acción no es de las que convierten a un suscriptor en lead",
        "input.by is us": "lo hicimos nosotros",
        "input.by not is us": "no lo hicimos nosotros",
        "input.by is lead": "lo hizo el propio lead",
        "input.by not is lead": "no lo hizo el propio lead",
    },
    joints={
        "or": " o ",
        "either": "",
        "always": "siempre",
        "never": "nunca",
        "case": "en mayúsculas o minúsculas",
        "accents": "con o sin acentos",
    },
)  # fmt: skip
