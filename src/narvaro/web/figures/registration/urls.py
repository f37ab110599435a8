"""Addresses of registration."""

from django.urls import path

from narvaro.web.figures.registration import own_views, views

urlpatterns = [
    path("lektioner/", own_views.own, name="own_lessons"),
    path("lektioner/skal/", own_views.explain_own, name="explain_own_lessons"),
    path("registrering/", views.overview, name="registration"),
    path(
        "registrering/skal/<str:public_id>/ta-tillbaka/",
        own_views.take_back,
        name="take_back_reason",
    ),
    path("registrering/hjalp/<str:public_id>/", views.resolve_help, name="resolve_help"),
    path("registrering/<str:school_id>/", views.school, name="registration_school"),
    path("registrering/<str:school_id>/okvitterade/", views.lessons, name="registration_lessons"),
    path("registrering/<str:school_id>/skal/", views.explain, name="explain_lessons"),
    path("registrering/<str:school_id>/fraga/", views.ask, name="ask_about_lessons"),
    path("registrering/<str:school_id>/larare/", views.teachers, name="registration_teachers"),
    path(
        "registrering/<str:school_id>/motsagelser/",
        views.contradictions,
        name="registration_contradictions",
    ),
    path("registrering/<str:school_id>/hjalp/", views.give_help, name="give_help"),
    path(
        "registrering/<str:school_id>/<str:class_id>/", views.one_class, name="registration_class"
    ),
]
