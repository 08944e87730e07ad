-- Which events may explain a change in the figures?
-- One row per event.
--
-- Parameters
--   $brin6  list of schools  ['*', '99XX00']  schools; null = all
-- Sources: events
-- Columns
--   datum          day
--   brin6          school; * = the whole group
--   soort          beleid, campagne, systeemwissel or definitie
--   omschrijving   what happened
select
    datum,
    brin6,
    soort,
    omschrijving
from events
where ($brin6 is null or brin6 = any($brin6))
order by datum, brin6, soort, omschrijving
