-- How many incidents were there each month, among how many pupils and school days?
-- One row per month with school days and school (and the group).
--
-- Parameters
--   $maand  list of months   ['2026-09']       months; null = all
--   $brin6  list of schools  ['*', '99XX00']   schools; null = all
-- Sources: incidents_monthly
-- Columns
--   maand        month, yyyy-mm
--   brin6        school; * = the group
--   incidenten   counted incidents; empty = not delivered
--   leerlingen   pupils enrolled on the last day of the month (running month: today)
--   lesdagen     school days (running month: up to today)
--   aangeleverd  whether the month was delivered in full; the group: by at least one school
select
    maand,
    brin6,
    incidenten,
    leerlingen,
    lesdagen,
    aangeleverd
from incidents_monthly
where
    ($maand is null or maand = any($maand))
    and ($brin6 is null or brin6 = any($brin6))
order by maand, brin6
