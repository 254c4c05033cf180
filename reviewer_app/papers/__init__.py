"""The documents that are printed: one model, three writers.

``score_sheet``, ``summary``, ``minutes``, ``opinion``, ``slips`` and ``closing`` each turn a
frozen value of plain facts into a ``model.Document``; ``pdf`` and ``docx`` write documents,
``xlsx`` writes workbooks, ``archival`` makes PDF/A. Layout goes ``lines`` (text into lines),
``layout`` and ``tables`` (blocks into strips), ``pages`` (strips into pages), ``pen``.
"""
