"""Addresses of meetings."""

from django.urls import path

from narvaro.web.meetings.views import guests, items, listing, meeting, minutes, running

urlpatterns = [
    path("", listing.meetings, name="meetings"),
    path("deltagande/", listing.participation, name="meeting_participation"),
    path("serier/ny/", listing.start_series, name="start_meeting_series"),
    path("serier/<str:public_id>/", listing.change_series, name="change_meeting_series"),
    path("serier/<str:public_id>/avsluta/", listing.end_series, name="end_meeting_series"),
    path("serier/<str:public_id>/planera/", listing.plan, name="plan_meeting"),
    path("punkt/<str:public_id>/flytta/", items.move, name="move_item"),
    path("punkt/<str:public_id>/stryk/", items.strike, name="strike_item"),
    path("punkt/<str:public_id>/analys/", running.analyse, name="analyse_item"),
    path("punkt/<str:public_id>/beslut/", running.decide, name="decide_item"),
    path("punkt/<str:public_id>/skyddat/", running.protect, name="protect_item"),
    path("punkt/<str:public_id>/bjud-in/", guests.invite_guest, name="invite_guest"),
    path("inbjudan/<str:public_id>/", guests.guest, name="meeting_guest"),
    path("punkt/<str:public_id>/oppna/", running.open_protected, name="open_protected_item"),
    path("<str:public_id>/", meeting.meeting, name="meeting"),
    path("<str:public_id>/svara/", meeting.answer, name="answer_meeting"),
    path("<str:public_id>/kalla/", meeting.invite, name="invite_to_meeting"),
    path("<str:public_id>/paminn/", meeting.remind, name="remind_of_meeting"),
    path("<str:public_id>/hamta/", items.gather, name="gather_items"),
    path("<str:public_id>/ny-punkt/", items.add_item, name="add_item"),
    path("<str:public_id>/flytta/", meeting.replan, name="replan_meeting"),
    path("<str:public_id>/stall-in/", meeting.cancel, name="cancel_meeting"),
    path("<str:public_id>/narvarande/", meeting.present, name="note_present"),
    path("<str:public_id>/avsluta/", meeting.hold, name="hold_meeting"),
    path("<str:public_id>/protokoll/", minutes.minutes, name="meeting_minutes"),
    path(
        "<str:public_id>/protokoll/allmant/",
        minutes.minutes_general,
        name="meeting_minutes_general",
    ),
    path("<str:public_id>/protokoll/pdf/", minutes.minutes_file, name="minutes_pdf"),
    path(
        "<str:public_id>/protokoll/allmant/pdf/",
        minutes.minutes_general_file,
        name="minutes_general_pdf",
    ),
    path("<str:public_id>/protokoll/skriv/", minutes.write_minutes, name="write_minutes"),
    path("<str:public_id>/protokoll/justera/", minutes.approve, name="approve_minutes"),
    path("<str:public_id>/protokoll/tillagg/", minutes.add_addendum, name="add_addendum"),
]
