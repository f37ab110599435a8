"""Addresses of meetings of authorities and of what is to be done after them."""

from django.urls import path

from narvaro.web.collaboration.meetings import ours, views

urlpatterns = [
    path("att-gora/", ours.our_decisions, name="our_decisions"),
    path("att-gora/<str:public_id>/klart/", ours.done_by_us, name="done_by_us"),
    path("<str:public_id>/", views.meeting, name="joint_meeting"),
    path("<str:public_id>/pdf/", views.pdf, name="joint_minutes_pdf"),
    path("<str:public_id>/narvarande/", views.note_present, name="note_joint_present"),
    path("<str:public_id>/skriv/", views.write, name="write_joint_minutes"),
    path("<str:public_id>/besluta/", views.decide, name="decide_jointly"),
    path("<str:public_id>/avsluta/", views.hold, name="hold_joint_meeting"),
    path("<str:public_id>/las/", views.lock, name="lock_joint_minutes"),
    path("<str:public_id>/ta-bort/<str:decision>/", views.take_back, name="take_back_decision"),
    path("<str:public_id>/klart/<str:decision>/", views.done, name="joint_decision_done"),
]
