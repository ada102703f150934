select * from dim_source where source_id in (select source_id from dim_article union select source_id from dim_file);
