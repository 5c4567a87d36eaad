"""A cluster's reflection: task list, questions, submission, workbook."""
