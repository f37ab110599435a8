"""Addresses of consultations."""

from django.urls import path

from narvaro.web.consultations.views import booking, listing, offering

urlpatterns = [
    path("", listing.consultations, name="consultations"),
    path("deltagande/", listing.attendance, name="consultation_attendance"),
    path("nya-tider/", offering.offer, name="offer_consultations"),
    path("<str:public_id>/", listing.consultation, name="consultation"),
    path("<str:public_id>/boka/", booking.book, name="book_consultation"),
    path("<str:public_id>/stall-in/", offering.cancel, name="cancel_consultation"),
    path("bokning/<str:public_id>/avboka/", booking.take_back, name="take_back_consultation"),
    path("bokning/<str:public_id>/svara/", booking.answer, name="answer_consultation"),
    path("bokning/<str:public_id>/kollega/", booking.send_another, name="send_another"),
    path("bokning/<str:public_id>/narvarande/", offering.note, name="note_consultation"),
]
