"""Publishing and reading reports. Figures: app.domain.reports; documents: reports."""
