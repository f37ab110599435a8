"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from narvaro.web.cases.moving import views as moving
from narvaro.web.cases.views import (
    case,
    lifting,
    listing,
    noting,
    owning,
    restricted,
    tasks,
    working,
)

urlpatterns = [
    path("", listing.case_list, name="cases"),
    path("nytt/<str:public_id>/", owning.open_case, name="case_open"),
    path("uppgifter/", listing.task_list, name="case_tasks"),
    path("uppgift/<str:public_id>/", tasks.task, name="case_task"),
    path("flytta/<str:public_id>/", moving.move_many, name="cases_move_many"),
    path("<str:public_id>/", case.case, name="case"),
    path("<str:public_id>/anteckning/", noting.note, name="case_note"),
    path("<str:public_id>/anteckning/<str:note_id>/", restricted.note, name="case_note_open"),
    path("<str:public_id>/kontakt/", noting.contact, name="case_contact"),
    path("<str:public_id>/egna-ord/", noting.voice, name="case_voice"),
    path("<str:public_id>/orsak/", noting.cause, name="case_cause"),
    path("<str:public_id>/orsak/<str:cause_id>/", restricted.cause, name="case_cause_open"),
    path("<str:public_id>/lag/", noting.law, name="case_law"),
    path("<str:public_id>/lamna-over/", owning.hand_over, name="case_hand_over"),
    path("<str:public_id>/rutin/", moving.move, name="case_move_routine"),
    path("<str:public_id>/oppna-igen/", owning.reopen, name="case_reopen"),
    path("<str:public_id>/lyft/", lifting.lifted, name="case_lifted"),
    path("<str:public_id>/steg/<str:step_id>/besked/", lifting.hand_back, name="case_hand_back"),
    path("<str:public_id>/steg/<str:step_id>/beslut/", case.decide, name="case_decide"),
    path("<str:public_id>/steg/<str:step_id>/ta/", working.take_step, name="case_take_step"),
    path(
        "<str:public_id>/steg/<str:step_id>/skriv/<str:form_id>/", working.write, name="case_write"
    ),
]
