-- When is each step towards the next version of the code due?
-- One row per step.
--
-- Planned back from the day after the validity ends, with the lead times of the round before.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: round_steps
-- Columns
--   stap           the step
--   vorige_ronde   when it was taken in the last round
--   uiterlijk      when it is due
--   dagen          days from today to then; below zero = overdue
--   oordeel        te laat or op tijd
with due as (
    select
        stap,
        volgorde,
        vorige_ronde,
        volgende_inwerkingtreding - cast(inwerkingtreding - vorige_ronde as integer) as uiterlijk
    from round_steps
)

select
    stap,
    vorige_ronde,
    uiterlijk,
    uiterlijk - $today as dagen,
    case when uiterlijk < $today then 'te laat' else 'op tijd' end as oordeel
from due
