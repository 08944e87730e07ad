-- Which events may explain a change in the figures?
-- One row per event.
--
-- Sources: gebeurtenissen
-- Columns
--   datum          day
--   brin6          school; * = the whole group
--   soort          beleid, campagne, systeemwissel or definitie
--   omschrijving   what happened
select
    datum,
    coalesce(brin6, '*') as brin6,
    soort,
    omschrijving
from gebeurtenissen
