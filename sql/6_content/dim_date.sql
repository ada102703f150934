select * from dim_date where year in (select year(published_on) from dim_article);
