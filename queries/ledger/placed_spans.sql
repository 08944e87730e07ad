-- Which stretch of enrolment is judged under which number?
-- One row per stretch of days on which one enrolment counts.
--
-- Sources: enrolment_spans, pupils_at_school
-- Columns
--   place         number of pupil, school and sixteenth birthday
--   brin6         school
--   leerjaar      year group, 1-6
--   span_from     first day
--   span_to       first day after it
select
    pupils_at_school.place,
    enrolment_spans.brin6,
    enrolment_spans.leerjaar,
    enrolment_spans.span_from,
    enrolment_spans.span_to
from enrolment_spans
inner join pupils_at_school
    on
        enrolment_spans.leerling = pupils_at_school.leerling
        and enrolment_spans.brin6 = pupils_at_school.brin6
        and enrolment_spans.wordt_16_op = pupils_at_school.wordt_16_op
