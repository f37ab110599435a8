"""Reports and pages of the month end: tables, charts, HTML, PDF and XLSX."""

from narvaro.reporting.audience import Leaving, leaving_school
from narvaro.reporting.counting import counts_of
from narvaro.reporting.pages import month_report_page, overview_page, pupil_page, school_page
from narvaro.reporting.paper import month_report_pdf
from narvaro.reporting.server import site_server
from narvaro.reporting.site import ReportSource, Site
from narvaro.reporting.words import show_count, show_share
from narvaro.reporting.workbook import month_report_xlsx

__all__ = [
    "Leaving",
    "ReportSource",
    "Site",
    "counts_of",
    "leaving_school",
    "month_report_page",
    "month_report_pdf",
    "month_report_xlsx",
    "overview_page",
    "pupil_page",
    "school_page",
    "show_count",
    "show_share",
    "site_server",
]
