"""What leaders take away of the results: pictures of charts, a report, slides, the numbers.

All of them are made of the same :class:`kpicat.charts.chart.Chart` as the pages: :mod:`drawing` says where
what is drawn by typst, :mod:`slides` and :mod:`numbers` make native charts that can be edited.
"""
