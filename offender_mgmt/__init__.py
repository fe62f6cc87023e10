"""Weekly rosters of risk assessments and home visits for police offender-management teams."""

__version__ = "0.1.0"
