"""The month's reports, made from a ledger."""

from narvaro.pipeline.reports.source import MonthReports, month_reports

__all__ = ["MonthReports", "month_reports"]
