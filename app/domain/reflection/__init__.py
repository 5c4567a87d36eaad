"""Rules on a cluster's answers: when one is complete, and how a workbook holds them."""
