"""The lessons behind a figure."""

from narvaro.measurement.lessons.lessons import PupilLesson, lessons_of

__all__ = ["PupilLesson", "lessons_of"]
