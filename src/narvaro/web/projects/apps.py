"""A programme run by authorities: phases, schools asked and joined, facts with sources."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.projects"
    label = "projects"
