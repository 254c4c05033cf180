"""How experts agree and how weights can be proposed: advisory floats, never a published score.

Every statistic starts from exact totals and is a float only in its last step. One that has no
meaning for the data is an ``Undefined`` with the reason, never zero and never NaN.
"""
