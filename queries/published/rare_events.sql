-- When did incidents happen where they are too rare for a chart by month, and how long after the one before?
-- One row per counted incident at a point of a segment with fewer than 1.5 incidents a point.
--
-- Only whole series: the mean gap rests on all of a segment.
--
-- Parameters
--   $brin6  list of schools  ['*', '99XX00']  schools; null = all
-- Sources: rare_events
-- Columns
--   brin6                  school; * = the group
--   deel                   number of the segment, from 1
--   datum                  day of the incident
--   lesdagen_sinds_vorige  school days after the day of the one before, this day included; empty for the first
select
    brin6,
    deel,
    datum,
    lesdagen_sinds_vorige
from rare_events
where $brin6 is null or brin6 = any($brin6)
order by brin6, datum, lesdagen_sinds_vorige
