"""The sheets of a workbook that kpicat writes."""
