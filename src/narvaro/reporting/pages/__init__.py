"""Whole pages as HTML text, from frozen values."""

from narvaro.reporting.pages.missing import missing_page
from narvaro.reporting.pages.month_report import month_report_page
from narvaro.reporting.pages.overview import overview_page
from narvaro.reporting.pages.pupil import pupil_page
from narvaro.reporting.pages.school import school_page

__all__ = ["missing_page", "month_report_page", "overview_page", "pupil_page", "school_page"]
