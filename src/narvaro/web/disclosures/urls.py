"""Addresses of disclosures."""

from django.urls import path

from narvaro.web.disclosures.views import receiving, showing, telling

urlpatterns = [
    path("", receiving.received, name="disclosures_received"),
    path("las/<str:public_id>/", receiving.read, name="read_disclosure"),
    path("elev/<str:pupil_id>/", telling.of_pupil, name="disclosures"),
    path(
        "elev/<str:pupil_id>/samtycke/<str:consent_id>/",
        telling.by_consent,
        name="disclose_by_consent",
    ),
    path("elev/<str:pupil_id>/annan-grund/", telling.otherwise, name="disclose_otherwise"),
    path("elev/<str:pupil_id>/sammanstallning/", showing.choose, name="disclosures_told"),
    path(
        "elev/<str:pupil_id>/sammanstallning/<str:whose>/", showing.told, name="disclosures_sheet"
    ),
    path("<str:public_id>/", telling.disclosure, name="disclosure"),
    path("<str:public_id>/avsluta/", telling.end, name="end_disclosure"),
]
