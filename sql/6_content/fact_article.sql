select * exclude (load_id) from fact_article;
