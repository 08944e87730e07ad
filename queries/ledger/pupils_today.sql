-- Who is enrolled on the day of the delivery, where, and does that school deliver its answers?
-- One row per pupil enrolled that day.
--
-- Sources: placed_spans, pupils_at_school, answers_delivered, moments
-- Columns
--   place        number of pupil, school and sixteenth birthday
--   brin6        school
--   leerjaar     year group, 1-6
--   wordt_16_op  day on which the pupil turns 16
--   is_delivered whether the school delivered its answers of that day
select
    placed_spans.place,
    placed_spans.brin6,
    placed_spans.leerjaar,
    pupils_at_school.wordt_16_op,
    answers_delivered.brin6 is not null as is_delivered
from placed_spans
inner join pupils_at_school on placed_spans.place = pupils_at_school.place
inner join moments
    on
        moments.moment = 'vandaag'
        and placed_spans.span_from <= moments.dag
        and placed_spans.span_to > moments.dag
left join answers_delivered
    on placed_spans.brin6 = answers_delivered.brin6 and moments.dag = answers_delivered.peildatum
