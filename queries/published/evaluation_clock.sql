-- When is each step towards the next version of the code due?
-- One row per step.
--
-- Sources: evaluation_clock
-- Columns
--   stap           the step
--   vorige_ronde   when it was taken in the last round
--   uiterlijk      when it is due
--   dagen          days from the day of the delivery to then; below zero = overdue
--   oordeel        te laat or op tijd
select
    stap,
    vorige_ronde,
    uiterlijk,
    dagen,
    oordeel
from evaluation_clock
order by uiterlijk
