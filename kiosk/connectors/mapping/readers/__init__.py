"""Rows of CSV, TSV, JSON, workbooks and Google Merchant XML."""
