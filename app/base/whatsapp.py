"""Links that open a WhatsApp chat with a text in it (https://wa.me): no network is needed to make one."""

from urllib.parse import quote

from app.base.errors import UserError
from app.base.parse import normalise_phone


def chat_link(phone: str, text: str) -> str:
    """The link to the chat with a telephone written in any usual way (`0812-...`, `+62...`), "" where there is none.

    wa.me wants the number with its country, without plus, zero or spaces.
    """
    try:
        number = normalise_phone(phone)
    except UserError:
        return ""
    return f"https://wa.me/{number.removeprefix('+')}?text={quote(text, safe='')}"
