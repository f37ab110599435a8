"""Every write about consultations."""

from narvaro.web.consultations.actions.booking import book as book
from narvaro.web.consultations.actions.booking import take_back as take_back
from narvaro.web.consultations.actions.coming import answer as answer
from narvaro.web.consultations.actions.coming import note_present as note_present
from narvaro.web.consultations.actions.coming import send_another as send_another
from narvaro.web.consultations.actions.offering import Offer as Offer
from narvaro.web.consultations.actions.offering import cancel as cancel
from narvaro.web.consultations.actions.offering import offer as offer
