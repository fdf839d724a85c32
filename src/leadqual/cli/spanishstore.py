"""What commands over a store say, in Spanish, by the English sentence."""

from collections.abc import Mapping
from typing import Final

STORE_NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "effect": ("efecto", "efectos"),
    "more effect": ("efecto más", "efectos más"),
    "lead that was erased before": ("lead que se borró antes", "leads que se borraron antes"),
    "event that could not be taken": ("evento que no se pudo tomar", "eventos que no se pudieron tomar"),
}
"""Nouns that are counted, in the singular and the plural."""

STORE_TEXTS: Final[Mapping[str, str]] = {
    # run
    "In the store": "En el almacén",
    "Fact": "Hecho",
    "Up to {at}": "Hasta {at}",
    "{leads} taken in: {new} new, {changed} with another profile.": (
        "{leads} en el almacén: {new} de nuevo ingreso, {changed} con otro perfil."
    ),
    "{events} new, {known} known before; of what was said, {said} new, {known_said} known before.": (
        "Nuevos: {events}; ya conocidos: {known}. De lo dicho, {said} nuevo y {known_said} ya conocido."
    ),
    "{facts} by this run.": "Esta vez: {facts}.",
    # tick
    "Time has passed for {leads}: {facts}; {effects} into the outbox.": (
        "Ha pasado el tiempo para {leads}: {facts}; {effects} a la bandeja de salida."
    ),
    "More leads are due.": "Quedan leads pendientes.",
    "Nothing more falls due.": "No vence nada más.",
    "The next falls due at {at}.": "Lo siguiente vence el {at}.",
    # effects
    "{effects} waiting, {claimed} claimed.": "{effects} en espera, {claimed} reclamados.",
    "{effects} given up.": "Abandonados: {effects}.",
    "{effects} carried out.": "Realizados: {effects}.",
    "{effects} noted as failed.": "Anotados como fallidos: {effects}.",
    "{effects} revived.": "Reactivados: {effects}.",
    "… and {more}; --limit shows more.": "… y {more}; --limit muestra más.",
    "waiting": "en espera",
    "claimed": "reclamado",
    "given up": "abandonado",
    "Key": "Clave",
    "Effect": "Efecto",
    "State": "Estado",
    "Ready": "Desde",
    "Tried": "Intentos",
    "Reason": "Motivo",
}
"""Sentences; names in braces stand where they do in English."""
