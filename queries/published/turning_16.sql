-- How many pupils turn 16 in each of the coming months while an answer of this year stands for them?
-- One row per school with pupils (and the group) and month: this month and the twelve after it.
--
-- Parameters
--   $brin6  list of schools  ['*', '99XX00']  schools; null = all
--   $maand  list of months   ['2026-11']      months; null = all
-- Sources: turning_16
-- Columns
--   brin6       school; * = the group
--   maand       month, yyyy-mm
--   leerlingen  pupils
select
    brin6,
    maand,
    leerlingen
from turning_16
where
    ($brin6 is null or brin6 = any($brin6))
    and ($maand is null or maand = any($maand))
order by brin6, maand
