-- Which consent status did pupils have on the day they were recognisable in a publication?
-- One row per school (and the group), school year, purpose and status that occurs.
--
-- Sources: uses
-- Columns
--   brin6       school that published; * = the group
--   schooljaar  school year, yyyy-yyyy
--   doel        purpose
--   status      consent status that day; niet_ingeschreven = enrolled nowhere in the group
--   gebruiken   recognisable pupils
select
    coalesce(brin6, '*') as brin6,
    schooljaar,
    doel,
    status,
    count(*) as gebruiken
from uses
group by grouping sets ((brin6, schooljaar, doel, status), (schooljaar, doel, status))
