"""Sending a message to a member or a customer: into the clipboard, and where there is a number into a WhatsApp chat."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.base.whatsapp import chat_link
from app.ui.bridge import Session


def copy_message(session: Session, name: str, text: str) -> None:
    """Put the text where it can be pasted from."""
    QGuiApplication.clipboard().setText(text)
    _ = session.translator
    session.toast(_("The reminder is copied. Paste it into your message to {name}.", name=name))


def open_chat(session: Session, name: str, phone: str, text: str) -> None:
    """Open the chat with the text in it. It is copied too: without internet or a number it is pasted elsewhere."""
    link = chat_link(phone, text)
    if not link:
        copy_message(session, name, text)
        return
    QGuiApplication.clipboard().setText(text)
    QDesktopServices.openUrl(QUrl(link))
    _ = session.translator
    session.toast(_("WhatsApp opens with the message to {name}. It is copied too.", name=name))
