"""Mail boxes that several people read: two leads that share one need not be one person."""

from typing import Final

from leadqual.fold import normal

SHARED: Final = frozenset(
    {
        "admin", "administracion", "administration", "atencion", "billing", "buzon", "careers", "compras", "contact",
        "contacto", "contabilidad", "direccion", "empleo", "enquiries", "facturacion", "finance", "gerencia", "hello",
        "help", "hola", "hr", "info", "informacion", "it", "jobs", "mail", "marketing", "oficina", "office", "orders",
        "pedidos", "postmaster", "press", "proveedores", "purchasing", "reception", "recepcion", "recursoshumanos",
        "rrhh", "sales", "secretaria", "service", "soporte", "support", "team", "ventas", "web", "webmaster",
    }
)  # fmt: skip
"""Local parts of addresses that usually belong to a team. As of November 2026; a convention of ours."""


def is_shared_box(email: str) -> bool:
    """Tell whether an address usually belongs to several people.

    Args:
        email: The address.

    >>> is_shared_box("Info@acme.example"), is_shared_box("ana+info@acme.example")
    (True, False)
    """
    return normal(email).rpartition("@")[0].strip().lower() in SHARED
