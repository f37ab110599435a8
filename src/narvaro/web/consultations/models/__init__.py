"""What is kept about consultations: offered times, bookings, who was asked to come."""

from narvaro.web.consultations.models.booking import Answer as Answer
from narvaro.web.consultations.models.booking import Asked as Asked
from narvaro.web.consultations.models.booking import Booking as Booking
from narvaro.web.consultations.models.slot import PlaceKind as PlaceKind
from narvaro.web.consultations.models.slot import Purpose as Purpose
from narvaro.web.consultations.models.slot import Slot as Slot
