select * exclude (load_id, version_no) from dim_article;
