-- How many incidents were there at each point of a series, among how many pupil days?
-- One row per school (and the group) and month that was delivered in full and has pupils.
--
-- Sources: incident_points
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
from incident_points
