"""Addresses of calls."""

from django.urls import path

from narvaro.web.collaboration.views import by_link, called, calling, sent

urlpatterns = [
    path("arende/<str:case_id>/", calling.make, name="make_call"),
    path("till-oss/<str:public_id>/", called.called, name="called"),
    path("svara/<str:token>/", by_link.answer_by_link, name="answer_call_by_link"),
    path("<str:public_id>/", calling.call, name="call"),
    path("<str:public_id>/andra/", calling.change, name="change_call"),
    path("<str:public_id>/skicka/", calling.send, name="send_call"),
    path("<str:public_id>/angra/", calling.undo, name="undo_call"),
    path("<str:public_id>/ta-tillbaka/", sent.cancel, name="cancel_call"),
    path("<str:public_id>/paminn/", calling.remind, name="remind_called"),
    path("<str:public_id>/tid/", sent.propose, name="propose_time"),
    path("<str:public_id>/bestam/", sent.settle, name="settle_call"),
    path("<str:public_id>/kalendersvar/", sent.read_reply, name="read_calendar_reply"),
    path("<str:public_id>/igen/<str:called_id>/", calling.call_again, name="call_again"),
    path("<str:public_id>/svar/<str:called_id>/", sent.note_answer, name="note_called"),
]
