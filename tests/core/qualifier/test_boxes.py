"""Mail boxes that several people read."""

import pytest

from leadqual.qualifier.boxes import is_shared_box


@pytest.mark.parametrize(
    "email", ["info@acme.example", "COMPRAS@acme.example", " ventas@acme.example", "info@sub.acme.example", "rrhh@a"]
)
def test_shared_box_is_known_by_the_part_before_the_last_at_sign(email):
    """In any case, of any domain."""
    assert is_shared_box(email)


@pytest.mark.parametrize(
    "email",
    ["ana@info.example", "information@a.example", "info.madrid@a.example", "info", "", "info@a@b.example", "@a"],
)
def test_shared_box_is_no_address_that_only_looks_like_one(email):
    """The whole local part has to be one of the known words."""
    assert not is_shared_box(email)
