"""The catalogue as paper: what an authority signs and leaders read, in Word and PDF.

:mod:`paper` says what stands on it, whatever the format; :mod:`word` and :mod:`pdf` lay
it out by the templates in ``data/templates``.
"""
