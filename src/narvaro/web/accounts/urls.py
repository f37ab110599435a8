"""Addresses of accounts."""

from django.urls import path

from narvaro.web.accounts import (
    account_views,
    many_proposal_views,
    people_views,
    proposal_views,
    role_views,
    unit_views,
    views,
)

urlpatterns = [
    path("demo/var/<str:public_id>/", views.demo_sign_in, name="demo_sign_in"),
    path("demo/dag/", views.demo_day, name="demo_day"),
    path("mitt-konto/", account_views.account, name="account"),
    path("mitt-konto/sprak/", account_views.language, name="account_language"),
    path("konto/roll/<str:public_id>/", views.act_as, name="act_as"),
    path("personer/", people_views.people, name="people"),
    path("personer/ny/", people_views.add_person, name="add_person"),
    path("personer/forslag/", proposal_views.every, name="proposed_roles"),
    path("personer/forslag/flera/", many_proposal_views.decide, name="decide_roles"),
    path(
        "personer/forslag/flera/<str:together>/angra/",
        many_proposal_views.undo_together,
        name="undo_roles",
    ),
    path("personer/forslag/<str:public_id>/godkann/", proposal_views.approve, name="approve_role"),
    path("personer/forslag/<str:public_id>/avboj/", proposal_views.decline, name="decline_role"),
    path("personer/forslag/<str:public_id>/angra/", proposal_views.undo, name="undo_role"),
    path("personer/vakant/", role_views.leave_vacant, name="leave_vacant"),
    path("personer/<str:public_id>/", people_views.person, name="person"),
    path("personer/<str:public_id>/andra/", people_views.change_person, name="change_person"),
    path("personer/<str:public_id>/uppdrag/", role_views.give_role, name="give_role"),
    path(
        "personer/<str:public_id>/aterstall/",
        people_views.reset_second_factor,
        name="reset_second_factor",
    ),
    path("uppdrag/<str:public_id>/omfattning/", role_views.change_role, name="change_role"),
    path("uppdrag/<str:public_id>/avsluta/", role_views.end_role, name="end_role"),
    path("uppdrag/<str:public_id>/vikarie/", role_views.stand_in, name="stand_in"),
    path("enheter/ny/", unit_views.add_unit, name="add_unit"),
    path("enheter/<str:public_id>/", unit_views.unit, name="unit"),
    path("enheter/<str:public_id>/flytta/", unit_views.move_unit, name="move_unit"),
    path("enheter/<str:public_id>/upplos/", unit_views.close_unit, name="close_unit"),
]
