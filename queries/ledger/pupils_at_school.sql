-- Under which school and which sixteenth birthday are a pupil's answers judged?
-- One row per pupil, school and sixteenth birthday among the enrolments.
--
-- An answer is judged for the school (answers may be given to one school only) and the birth date of the
-- enrolment that counts on the day; nearly every pupil has one such combination, so that answers are
-- judged once.
--
-- Sources: enrolment_spans
-- Columns
--   place         number of the combination, within one publication
--   leerling      pupil, as a pseudonym
--   brin6         school
--   wordt_16_op   day on which the pupil turns 16
select
    cast(row_number() over () as integer) as place,
    leerling,
    brin6,
    wordt_16_op
from enrolment_spans
group by leerling, brin6, wordt_16_op
