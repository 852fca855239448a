"""Looking for crashes, hangs and verdicts that change for no reason, with inputs made from valid ones at random.

`python -m tools.fuzz --help`. Every case follows from its kind, a seed and a number, so that it can be run again.
"""
