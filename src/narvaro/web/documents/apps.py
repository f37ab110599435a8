"""Forms filled in: drafts, signing, addenda, PDF and DOCX, and the library of the routine."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.documents"
    label = "documents"
