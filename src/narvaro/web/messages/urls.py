"""Addresses of mail."""

from django.urls import path

from narvaro.web.messages import calendar_views, letter_doing_views, letter_views, views

urlpatterns = [
    path("", views.own, name="own_mail"),
    path("ko/", views.queue, name="mail_queue"),
    path("veckomejl/", views.choose, name="choose_weekly_mail"),
    path("brev/", letter_views.letters, name="letters"),
    path("brev/<str:public_id>/", letter_views.letter, name="letter"),
    path("brev/<str:public_id>/skicka/", letter_doing_views.release, name="release_letter"),
    path("brev/<str:public_id>/angra/", letter_doing_views.undo, name="undo_letter"),
    path("brev/<str:public_id>/kasta/", letter_doing_views.drop, name="drop_letter"),
    path("brev/<str:public_id>/pdf/", letter_views.paper, name="letter_papers"),
    path("brev/<str:public_id>/<int:number>/pdf/", letter_views.paper, name="letter_paper"),
    path(
        "brev/<str:public_id>/<int:number>/angra/",
        letter_doing_views.undo_one,
        name="undo_letter_one",
    ),
    path("brev/<str:public_id>/<int:number>/igen/", letter_doing_views.retry, name="retry_letter"),
    path("kalender/ny/", calendar_views.make, name="make_calendar"),
    path("kalender/stang/", calendar_views.revoke, name="revoke_calendar"),
    path("kalender/<str:token>.ics", calendar_views.calendar, name="calendar"),
    path("<str:public_id>/", views.mail, name="mail"),
    path("<str:public_id>/angra/", views.undo, name="undo_mail"),
    path("<str:public_id>/igen/", views.send_again, name="send_mail_again"),
]
