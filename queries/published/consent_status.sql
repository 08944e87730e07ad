-- How many pupils have which consent status, for each purpose at each reference date?
-- One row per reference date, school (and the group), purpose and status with at least one pupil.
--
-- Parameters
--   $peildatum  list of dates     [2026-11-22]         reference dates; null = all
--   $brin6      list of schools   ['*', '99XX00']      schools; null = all
--   $doel       list of purposes  ['beeld_website']    purposes; null = all
-- Sources: consent_status
-- Columns
--   peildatum   reference date: a month end, or the day of the delivery
--   brin6       school; * = the group
--   doel        purpose
--   status      consent status
--   leerlingen  pupils
select
    peildatum,
    brin6,
    doel,
    status,
    leerlingen
from consent_status
where
    ($peildatum is null or peildatum = any($peildatum))
    and ($brin6 is null or brin6 = any($brin6))
    and ($doel is null or doel = any($doel))
order by peildatum, brin6, doel, status
