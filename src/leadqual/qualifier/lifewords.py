"""What a timeline says besides its sentences, in each language."""

from collections.abc import Mapping
from typing import Final

from leadqual.languages import Language

PHRASES: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "cycle": "Cycle {n}",
        "known": "(known on {day})",
        "stage": "Stage",
        "times": "Times",
        "days": "Days",
        "rests": "Rested: {n} [time|times]",
        "cycles": "Cycles: {n}",
        "slas": "SLAs: {met} met, {breached} breached",
        "touches": "Touches: {n} came due, {sent} sent",
    },
    "es": {
        "cycle": "Ciclo {n}",
        "known": "(se supo el {day})",
        "stage": "Etapa",
        "times": "Veces",
        "days": "Días",
        "rests": "En reposo: {n} [vez|veces]",
        "cycles": "Ciclos: {n}",
        "slas": "SLA: {met} cumplidos, {breached} incumplidos",
        "touches": "Contactos: {n} llegaron a su momento, {sent} enviados",
    },
}
"""By language: pieces by a key of ours. All languages have the same keys, with the same names in braces."""
