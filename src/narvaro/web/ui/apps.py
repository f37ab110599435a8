"""Design system: base pages, components, charts, words; nothing of schools in it."""

from pathlib import Path

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Make the words of every app readable, and teach each connection the Swedish order."""
        from django.conf import settings
        from django.db.backends.signals import connection_created

        from narvaro.web.ui.catalogues import compile_all
        from narvaro.web.ui.sorting import teach_swedish

        languages = [code for code, _name in settings.LANGUAGES]
        compile_all(Path(__file__).parents[1], Path(settings.LOCALE_PATHS[0]), languages)
        connection_created.connect(teach_swedish)
