"""The figures of each report, computed from a snapshot. Use cases: app.services.reports; documents: reports."""
