-- How many incidents were there in each period, by what describes them?
-- One row per period, school (and the group), dimension and value that occurs.
--
-- Parameters
--   $periode   list of periods     ['2026-08/2027-07']  periods; null = all
--   $brin6     list of schools     ['*', '99XX00']      schools; null = all
--   $dimensie  list of dimensions  ['categorie']        dimensions; null = all
-- Sources: incidents_by
-- Columns
--   periode     school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6       school; * = the group
--   dimensie    what is looked at
--   waarde      the value; onbekend = left empty
--   incidenten  incidents
select
    periode,
    brin6,
    dimensie,
    waarde,
    incidenten
from incidents_by
where
    ($periode is null or periode = any($periode))
    and ($brin6 is null or brin6 = any($brin6))
    and ($dimensie is null or dimensie = any($dimensie))
order by periode, brin6, dimensie, waarde
