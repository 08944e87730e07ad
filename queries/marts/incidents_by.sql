-- How many incidents were there in each period, by what describes them?
-- One row per period, school (and the group), dimension and value that occurs.
--
-- Every counted incident of the period, whether or not its month was declared delivered.
--
-- Sources: incident_values, periods
-- Columns
--   periode     school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6       school; * = the group
--   dimensie    what is looked at
--   waarde      the value; onbekend = left empty
--   incidenten  incidents
select
    periods.periode,
    coalesce(incident_values.brin6, '*') as brin6,
    incident_values.dimensie,
    incident_values.waarde,
    count(*) as incidenten
from incident_values
inner join periods on incident_values.datum between periods.first_day and periods.last_day
group by
    grouping sets (
        (periods.periode, incident_values.brin6, incident_values.dimensie, incident_values.waarde),
        (periods.periode, incident_values.dimensie, incident_values.waarde)
    )
