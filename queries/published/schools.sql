-- Which schools are there, in their fixed order?
-- One row per school.
--
-- Sources: schools
-- Columns
--   brin6        school
--   naam         name
--   soort        kinds of education, joined by /; empty = not given
--   actief_van   first day it is a school of the group; empty = open
--   actief_tot   first day it no longer is; empty = open
select
    brin6,
    naam,
    soort,
    actief_van,
    actief_tot
from schools
order by naam, brin6
