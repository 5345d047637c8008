"""Presets as data: what country words, codes, thresholds and dates a school lives by.

Each value says where it comes from: 'law', 'official statistic' or 'convention'.
Sources: docs/presets.md, which is checked against this file.
"""
