"""Mail, letters to many, and links to calendars."""

from narvaro.web.messages.models.calendar_link import CalendarLink
from narvaro.web.messages.models.letter import Delivery, Letter, Skipped
from narvaro.web.messages.models.mail import (
    HANDING_TAKES,
    Declined,
    DeclinedReminders,
    Mail,
    Trouble,
)

__all__ = [
    "HANDING_TAKES",
    "CalendarLink",
    "Declined",
    "DeclinedReminders",
    "Delivery",
    "Letter",
    "Mail",
    "Skipped",
    "Trouble",
]
