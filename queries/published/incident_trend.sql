-- How many incidents were there at each point of a series, among how many pupil days?
-- One row per school (and the group) and month that was delivered in full and has pupils.
--
-- Only whole series: centre and limits rest on all points of a segment.
--
-- Parameters
--   $brin6  list of schools  ['*', '99XX00']  schools; null = all
-- Sources: incident_trend
-- Columns
--   maand          month, yyyy-mm
--   brin6          school; * = the group
--   deel           number of the segment, from 1
--   incidenten     counted incidents
--   persoonsdagen  pupils times school days
select
    maand,
    brin6,
    deel,
    incidenten,
    persoonsdagen
from incident_trend
where $brin6 is null or brin6 = any($brin6)
order by maand, brin6
