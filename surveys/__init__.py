"""The surveys as data: their schema, definitions and loader. Imports nothing else of the product."""
