"""Addresses of mail."""

from django.urls import path

from narvaro.web.messages import views

urlpatterns = [
    path("", views.own, name="own_mail"),
    path("ko/", views.queue, name="mail_queue"),
    path("veckomejl/", views.choose, name="choose_weekly_mail"),
    path("<str:public_id>/", views.mail, name="mail"),
    path("<str:public_id>/angra/", views.undo, name="undo_mail"),
    path("<str:public_id>/igen/", views.send_again, name="send_mail_again"),
]
