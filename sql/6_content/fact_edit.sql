select * from fact_edit;
