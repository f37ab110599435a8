"""The whole routine as one package that another municipality can take in (A-R-86)."""

from __future__ import annotations

from narvaro.errors import NarvaroError
from narvaro.forms import form_ids, newest, text_of
from narvaro.programmes import load, pack
from narvaro.programmes import text_of as programme_text
from narvaro.web.accounts.models import on_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects.models import Project


def programme_run_by(viewer: Viewer) -> str:
    """The programme that the viewer's authority runs on the day; empty when it runs none."""
    mine = Project.objects.filter(on_day(viewer.today), authorities=viewer.authority)
    return mine.order_by("-from_on", "pk").values_list("programme", flat=True).first() or ""


def packed(viewer: Viewer) -> bytes | None:
    """The common routine: its programme and its forms, each as its file. None without a programme.

    A school's own adaptation is no part of it.
    """
    programme = programme_run_by(viewer)
    if not programme:
        return None
    try:
        named = [form.id for form in load(programme).forms if form.id in form_ids()]
        newest_ones = [newest(one, on=viewer.today) for one in named]
        forms = {one.id: text_of(one.id, one.version).encode() for one in newest_ones}
        return pack(programme_text(programme).encode(), forms=forms)
    except NarvaroError:
        return None
