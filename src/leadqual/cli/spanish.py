"""What the cards say, in Spanish, by the English sentence."""

from collections.abc import Mapping
from typing import Final

from leadqual.cli.spanishplan import PLAN_TEXTS
from leadqual.cli.spanishstore import STORE_NOUNS, STORE_TEXTS

NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "day": ("día", "días"),
    "interaction": ("interacción", "interacciones"),
    "active day": ("día con actividad", "días con actividad"),
    "lead": ("lead", "leads"),
    "line": ("línea", "líneas"),
    "more change": ("cambio más", "cambios más"),
    "event": ("evento", "eventos"),
    "verdict": ("veredicto", "veredictos"),
    "more verdict": ("veredicto más", "veredictos más"),
    "fact": ("hecho", "hechos"),
    "row": ("fila", "filas"),
    "touch": ("contacto", "contactos"),
    "report on a touch that has not come due": (
        "informe sobre un contacto al que no le ha llegado el momento",
        "informes sobre contactos a los que no les ha llegado el momento",
    ),
    "copy of an event (counted once)": (
        "copia de un evento (cuenta una vez)",
        "copias de eventos (cuentan una vez)",
    ),
    "event of leads that are not in the base": (
        "evento de leads que no están en la base",
        "eventos de leads que no están en la base",
    ),
    "event id with different contents": (
        "id de evento con contenidos distintos",
        "ids de eventos con contenidos distintos",
    ),
    "lead with different rows": ("lead con filas distintas", "leads con filas distintas"),
    "row that cannot be read": ("fila que no se puede leer", "filas que no se pueden leer"),
    "lead that comes only later": ("lead que llega después", "leads que llegan después"),
    "event later than --now": ("evento posterior a --now", "eventos posteriores a --now"),
    "verdict later than --now": ("veredicto posterior a --now", "veredictos posteriores a --now"),
    "copy of a verdict (counted once)": (
        "copia de un veredicto (cuenta una vez)",
        "copias de veredictos (cuentan una vez)",
    ),
    "verdict on leads that are not in the base": (
        "veredicto sobre leads que no están en la base",
        "veredictos sobre leads que no están en la base",
    ),
    "verdict that cannot be read": ("veredicto que no se puede leer", "veredictos que no se pueden leer"),
    **STORE_NOUNS,
}
"""Nouns that are counted, in the singular and the plural."""

VERDICTS: Final[Mapping[str, str]] = {
    "yes": "sí",
    "no": "no",
    "maybe": "quizá",
    "accept": "aceptar",
    "return": "devolver",
    "disqualify": "descalificar",
    "reinstate": "reincorporar",
    "reopen": "reabrir",
}
"""What a person may say of a lead."""

TEXTS: Final[Mapping[str, str]] = {
    # the head
    "Lead {lead} as of {at}": "Lead {lead} a fecha de {at}",
    "Lead {lead} as of {at} (the clock; repeat with --now {at})": (
        "Lead {lead} a fecha de {at} (el reloj; se repite con --now {at})"
    ),
    "Example {name} at the end of {day}": "Ejemplo {name} al final del {day}",
    "by {playbook}": "según {playbook}",
    "by {playbook}, objective {objective}": "según {playbook}, objetivo {objective}",
    "The example holds.": "El ejemplo se cumple.",
    "Note: {note}": "Nota: {note}",
    "no events were named (--events FILE), so interest counts none.": (
        "no se indicaron eventos (--events ARCHIVO), así que el interés no cuenta ninguno."
    ),
    # the facts
    "Label": "Etiqueta",
    "Fit": "Encaje",
    "Interest": "Interés",
    "Total": "Total",
    "fit": "encaje",
    "interest": "interés",
    "grade {grade}": "letra {grade}",
    "level {level}": "nivel {level}",
    "{share} % of the profile is known": "se conoce el {share} % del perfil",
    "from {low} to {high} once all is": "de {low} a {high} cuando se conozca todo",
    "{interactions} on {days}": "{interactions} en {days}",
    "last own act: {own}; ours: {ours}": "última acción del lead: {own}; nuestra: {ours}",
    "never": "nunca",
    "today": "hoy",
    "{days} ago": "hace {days}",
    "gated: {gates}; cannot qualify": "vetado: {gates}; no puede cualificarse",
    "qualifies as {bars}": "cualificado como {bars}",
    "does not qualify": "no cualificado",
    "is above the bar to stay {bars}": "supera el umbral para seguir siendo {bars}",
    # the ledger
    "Cap of {group}": "Tope de {group}",
    "Cap of fit": "Tope del encaje",
    "Cap of interest": "Tope del interés",
    "Rounding": "Redondeo",
    "Rule": "Regla",
    "Reads": "Dato",
    "Events": "Eventos",
    "Raw": "Bruto",
    "Limits": "Límites",
    "Decay": "Por edad",
    "Caps": "Topes",
    "Points": "Puntos",
    "Where": "Dónde",
    "Newest": "Último",
    "{axis}: nothing counts.": "{axis}: nada cuenta.",
    "Points are shown to two decimals; --json has the exact ones, which add up exactly.": (
        "Los puntos se muestran con dos decimales; --json da los exactos, que cuadran del todo."
    ),
    # what could change
    "What could change": "Qué puede cambiar",
    "reached; time alone does not take it away": "alcanzado; el tiempo por sí solo no lo quita",
    "reached; lost on {day}, in {days}, if nothing happens": (
        "alcanzado; se pierde el {day}, dentro de {days}, si no pasa nada"
    ),
    "not reached, only enough to stay one; time alone does not take that away": (
        "sin alcanzar, solo basta para seguir siéndolo; el tiempo por sí solo no lo quita"
    ),
    "not reached, only enough to stay one; lost on {day}, in {days}, if nothing happens": (
        "sin alcanzar, solo basta para seguir siéndolo; se pierde el {day}, dentro de {days}, si no pasa nada"
    ),
    "once reached, kept until {day}": "una vez alcanzado, se conserva hasta el {day}",
    "once reached, time alone does not end it": "una vez alcanzado, el tiempo por sí solo no acaba con ello",
    "not reached": "sin alcanzar",
    "out of reach while this holds: {gates}": "fuera de alcance mientras se cumpla: {gates}",
    "reached by time alone on {day}, in {days}": "se alcanza solo con el tiempo el {day}, dentro de {days}",
    "Next": "Siguiente",
    "More answers: --why-not BAR. What time alone does: --forecast 90.": (
        "Más respuestas: --why-not BAR. Lo que hace el tiempo por sí solo: --forecast 90."
    ),
    "What it would take for {bar}": "Qué haría falta para {bar}",
    # the forecast
    "Interest if nothing happens": "El interés si no pasa nada",
    "interest {interest}, total {total}": "interés {interest}, total {total}",
    "level {before} becomes {after}": "el nivel {before} pasa a {after}",
    "{bars} lost": "se pierde {bars}",
    "{bars} reached": "se alcanza {bars}",
    "no longer kept: {bars}": "ya no se conserva: {bars}",
    "kept again: {bars}": "se conserva de nuevo: {bars}",
    "Interest stays at {points} for {days}, if nothing happens.": (
        "El interés sigue en {points} durante {days} si no pasa nada."
    ),
    "No level and no bar changes in these {days}.": "Ningún nivel ni umbral cambia en estos {days}.",
    "… and {more}": "… y {more}",
    # what changed
    "What changed since {at}": "Qué ha cambiado desde {at}",
    "Under {playbook} instead": "Con {playbook} en su lugar",
    "Before": "Antes",
    "After": "Después",
    "Difference": "Diferencia",
    "Nothing changed.": "Nada ha cambiado.",
    "{lines} did not move.": "{lines} sin cambios.",
    "gained: {bars}": "se gana: {bars}",
    "lost: {bars}": "se pierde: {bars}",
    "now gated: {gates}": "ahora vetado: {gates}",
    "no longer gated: {gates}": "ya no vetado: {gates}",
    "Label {before} becomes {after}": "La etiqueta {before} pasa a {after}",
    "Label {label} stays": "La etiqueta {label} se mantiene",
    "none": "ninguna",
    "total": "total",
    # one life
    "It stands in {stage} since {day}, in its first cycle.": "Está en {stage} desde el {day}, en su primer ciclo.",
    "It stands in {stage} since {day}, in cycle {cycle}.": "Está en {stage} desde el {day}, en el ciclo {cycle}.",
    "Possible verdicts: {verdicts}.": "Veredictos posibles: {verdicts}.",
    "No verdict is possible here.": "Aquí no es posible ningún veredicto.",
    "Next, something happens by itself on {moment}.": "Lo siguiente que ocurre por sí solo es el {moment}.",
    "Nothing more happens by itself.": "Por sí solo ya no ocurre nada más.",
    "Not taken: {verdict} on {day}; it was not possible then.": (
        "No aceptado: {verdict} el {day}; entonces no era posible."
    ),
    # all lives
    "Where {leads} stand": "Dónde están {leads}",
    "Where {leads} stands": "Dónde está {leads}",
    "What moved them": "Qué los movió",
    "Stage": "Etapa",
    "Leads now": "Leads ahora",
    "Visits that ended": "Estancias acabadas",
    "Median days": "Días (mediana)",
    "Transition": "Transición",
    "Times": "Veces",
    "{leads} replayed with {events} and {verdicts}: {facts}.": "{leads} recorridos con {events} y {verdicts}: {facts}.",
    "Left out: {parts}.": "Sin contar: {parts}.",
    "Not taken: {verdicts}, since {reason}.": "No aceptados: {verdicts}, porque {reason}.",
    "{lead}: {verdict} of {at}": "{lead}: {verdict} del {at}",
    "… and {more}; --json lists all.": "… y {more}; --json los da todos.",
    "Profiles are those of the end throughout.": "Los perfiles son siempre los del final.",
    "Profiles are as of today throughout: the leads have no valid_from.": (
        "Los perfiles son siempre los de hoy: los leads no tienen valid_from."
    ),
    "no verdicts were named (--verdicts FILE), so nobody said yes, no or maybe.": (
        "no se indicaron veredictos (--verdicts ARCHIVO), así que nadie dijo sí, no ni quizá."
    ),
    "{rows} written to {path}.": "{rows} en el archivo {path}.",
    "the day that it names (`wake_on`) has come already": "el día que nombra (`wake_on`) ya había llegado",
    "`{verdict}` is not possible: the cycle has ended": "`{verdict}` no es posible: el ciclo ha terminado",
    "`{verdict}` is not possible in this stage": "`{verdict}` no es posible en esta etapa",
    "`{verdict}` is not possible while the lead is disqualified": (
        "`{verdict}` no es posible mientras el lead esté descalificado"
    ),
    "the lead is not disqualified": "el lead no está descalificado",
    "`{verdict}` asks for more than was so then": "`{verdict}` pide más de lo que se cumplía entonces",
    # two playbooks
    "As of {at}": "A fecha de {at}",
    "As of {at} (the clock; repeat with --now {at})": "A fecha de {at} (el reloj; se repite con --now {at})",
    "Under the objective {objective}": "Con el objetivo {objective}",
    "Both are called {name} {version}; raise `version` with every change.": (
        "Los dos se llaman {name} {version}; conviene subir `version` con cada cambio."
    ),
    "{leads} written to {path}.": "{leads} en el archivo {path}.",
    **PLAN_TEXTS,
    **STORE_TEXTS,
}
"""Sentences; names in braces stand where they do in English."""
