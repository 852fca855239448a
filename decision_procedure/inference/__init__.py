"""What follows from the results of the tests: the only package that touches the rule engine.

durable-rules is C code that loses facts or crashes on data it dislikes. So it sees flat facts of short ASCII
tokens only, which stand for our texts during one run, every property always present, and rules that
`rules_file` passed: their patterns are positive, so it does not matter when which fact comes.
Facts go in by batches: first what is stated, then what followed from the batch before, until nothing new
follows. A fact of its own ends each batch, and a rule shows that the engine got there; a rule that accepts any
fact, and never fires, makes the engine's return code 0 mean that no fact was dropped.
"""

from decision_procedure.inference.engine import Engine, standard_rules

__all__ = ["Engine", "standard_rules"]
