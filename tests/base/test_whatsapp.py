"""Links into a chat."""

import pytest

from app.base.whatsapp import chat_link


@pytest.mark.parametrize(
    "phone", ["0812-3456-7890", "0812 3456 7890", "6281234567890", "+62 812 3456 7890", "81234567890"]
)
def test_every_way_to_write_a_number(phone: str) -> None:
    assert chat_link(phone, "Halo") == "https://wa.me/6281234567890?text=Halo"


def test_another_country_and_the_text_is_safe() -> None:
    assert chat_link("+60123456789", "Rp1.000 & 5 %\nbaris #2") == (
        "https://wa.me/60123456789?text=Rp1.000%20%26%205%20%25%0Abaris%20%232"
    )


@pytest.mark.parametrize("phone", ["", "-", "12", "tidak ada"])
def test_no_number_no_link(phone: str) -> None:
    assert chat_link(phone, "Halo") == ""
