"""The application a WSGI server runs."""

from __future__ import annotations

import atexit
import gc
import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

YOUNG, MIDDLE, OLD = 25_000, 10, 10
"""After how many objects, and how many rounds, the collector looks at each generation."""


def started() -> WSGIHandler:
    """Everything of the application in memory, and out of the collector's sight.

    What is there now stays as long as the process; walking through it, and through the figures
    that are kept, held every page up for 100 to 270 ms some ten times in two hundred pages.
    """
    made = get_wsgi_application()
    _ = get_resolver().url_patterns  # imports every page
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    return made


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "narvaro.web.config.settings")
application = started()
