-- Which schools are there?
-- One row per school.
--
-- Sources: scholen
-- Columns
--   brin6        school
--   naam         name
--   soort        kinds of education, joined by /; empty = not given
--   actief_van   first day it is a school of the group; empty = open
--   actief_tot   first day it no longer is; empty = open
select
    brin6,
    naam,
    onderwijssoort as soort,
    actief_van,
    actief_tot
from scholen
