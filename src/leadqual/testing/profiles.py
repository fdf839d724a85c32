"""Profiles of a synthetic base: what is known of a lead, given how well it truly fits."""

from datetime import datetime
from typing import Final, Literal

from leadqual.lead import Lead
from leadqual.testing.draws import Draws

DECISION_TITLES: Final = (
    "CEO",
    "CTO",
    "Head of IT",
    "VP Operations",
    "Director de Sistemas",
    "Founder",
    "Directora General",
)
MANAGER_TITLES: Final = (
    "IT Manager",
    "Operations Manager",
    "Gerente de Finanzas",
    "Team Lead",
    "Responsable de Compras",
)
STAFF_TITLES: Final = ("Analyst", "Engineer", "Contractor", "Doctor", "Assistant", "Consultora", "Product Specialist")
LEARNER_TITLES: Final = ("Student", "Estudiante", "Marketing Intern", "Becaria")
GIVEN_NAMES: Final = (
    "ana",
    "bruno",
    "carla",
    "diego",
    "elena",
    "fabio",
    "gema",
    "hugo",
    "ines",
    "jorge",
    "kim",
    "lucia",
)
PLACES: Final = {
    "ES": ("Europe/Madrid", "es"),
    "MX": ("America/Mexico_City", "es"),
    "CO": ("America/Bogota", "es"),
    "CL": ("America/Santiago", "es"),
    "AR": ("America/Argentina/Buenos_Aires", "es"),
    "PE": ("America/Lima", "es"),
    "US": ("America/New_York", "en"),
    "DE": ("Europe/Berlin", "de"),
    "BR": ("America/Sao_Paulo", "pt"),
    "IN": ("Asia/Kolkata", "en"),
}
_MARKETS: Final = ("ES", "ES", "ES", "MX", "MX", "CO", "CL", "AR", "PE", "US")
_ELSEWHERE: Final = ("DE", "BR", "IN")
_CHANNELS: Final = {
    "inbound": ("website", "website", "website", "linkedin", "webinar", "event"),
    "outbound": ("email", "phone", "linkedin"),
    "partner": ("referral",),
}
_SOURCES: Final = {
    "website": ("organic search", "paid search", "newsletter", "direct"),
    "linkedin": ("organic post", "paid campaign"),
    "webinar": ("spring webinar", "autumn webinar"),
    "event": ("trade fair",),
    "email": ("bought list",),
    "phone": ("own research",),
    "referral": ("reseller",),
}


def draw_profile(draws: Draws, number: int, fit: float, created_at: datetime) -> Lead:
    """Return a lead whose attributes lean on its true fit, some of them missing.

    Args:
        draws: Where chance comes from.
        number: The lead's number in the base, from 1.
        fit: Its true fit; mean 0, standard deviation 1.
        created_at: When it became a lead.

    Returns:
        The lead; its mail addresses end in reserved example domains.
    """

    def leaning() -> float:
        return 0.75 * fit + 0.65 * draws.normal()

    acquisition: Literal["inbound", "outbound", "partner"]
    acquisition = "inbound" if draws.chance(0.7) else "outbound" if draws.chance(0.75) else "partner"
    channel = draws.pick(_CHANNELS[acquisition])
    country = draws.pick(_MARKETS if leaning() > -1.0 else _ELSEWHERE)
    email_type, email = _draw_email(draws, number, leaning())
    attributes: dict[str, object] = {
        "job_title": _draw_title(draws, leaning()),
        "department": _draw_department(draws, leaning()),
        "employees": _draw_employees(draws, leaning()),
        "country": country,
        "email_type": email_type,
    }
    bare = acquisition == "inbound" and draws.chance(0.05)  # a newsletter form that asks for the address only
    for name in tuple(attributes):
        if draws.chance(0.12) or (bare and name != "email_type"):
            del attributes[name]
    zone, language = PLACES[country]
    return Lead(
        id=f"L{number:06}",
        kind="person",
        email=email,
        company_id=f"company-{number}" if email_type == "business" else None,
        acquisition=acquisition,
        channel=channel,
        source=draws.pick(_SOURCES[channel]),
        zone=zone if draws.chance(0.8) and not bare else None,
        language=language,
        created_at=created_at,
        attributes=attributes,
    )


def _draw_title(draws: Draws, leaning: float) -> str:
    if leaning > 0.5:
        return draws.pick(DECISION_TITLES)
    if leaning > -0.5:
        return draws.pick(MANAGER_TITLES)
    return draws.pick(STAFF_TITLES if leaning > -1.6 else LEARNER_TITLES)


def _draw_department(draws: Draws, leaning: float) -> str:
    if leaning > 0.0:
        return draws.pick(("IT", "Operations"))
    return "Finance" if leaning > -0.5 else draws.pick(("Marketing", "HR", "Legal"))


def _draw_employees(draws: Draws, leaning: float) -> int:
    if leaning > 0.0:
        return draws.whole(50, 999)
    if leaning > -0.7:
        return draws.whole(10, 49) if draws.chance(0.7) else draws.whole(1000, 20000)
    return draws.whole(1, 9)


def _draw_email(draws: Draws, number: int, leaning: float) -> tuple[str, str]:
    name = f"{draws.pick(GIVEN_NAMES)}.{number}"
    if draws.chance(0.01):
        return "business", f"{name}@{draws.pick(('ours.example', 'rival.example'))}"
    if leaning > -0.6:
        return "business", f"{name}@company-{number}.example"
    return ("free", f"{name}@freemail.example") if leaning > -1.8 else ("disposable", f"{name}@throwaway.example")
