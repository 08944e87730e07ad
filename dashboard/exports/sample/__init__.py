"""A synthetic delivery: all thirteen datasets, three school years, invented schools, nobody in it.

`scene` sets time and chance, `schools` the schools and their habits, `pupils` who is where; `answers`,
`publications`, `incidents`, `deliveries` and `occasions` tell what happens; `trap_table`, `trap_cases`, `traps`
and `mistakes` are planted;
`dialects`, `wide` and `folder` write it down, `readme` says what was planted.
"""

from dashboard.exports.sample.traps import Trap, planted_traps
from dashboard.exports.sample.writing import write_sample

__all__ = ["Trap", "planted_traps", "write_sample"]
