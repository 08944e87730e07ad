-- Which consent status did pupils have on the day they were recognisable in a publication?
-- One row per school (and the group), school year, purpose and status that occurs.
--
-- Parameters
--   $brin6       list of schools       ['*', '99XX00']    schools; null = all
--   $schooljaar  list of school years  ['2026-2027']      school years; null = all
--   $doel        list of purposes      ['beeld_website']  purposes; null = all
-- Sources: use_by_status
-- Columns
--   brin6       school that published; * = the group
--   schooljaar  school year, yyyy-yyyy
--   doel        purpose
--   status      consent status that day; niet_ingeschreven = enrolled nowhere in the group
--   gebruiken   recognisable pupils
select
    brin6,
    schooljaar,
    doel,
    status,
    gebruiken
from use_by_status
where
    ($brin6 is null or brin6 = any($brin6))
    and ($schooljaar is null or schooljaar = any($schooljaar))
    and ($doel is null or doel = any($doel))
order by brin6, schooljaar, doel, status
