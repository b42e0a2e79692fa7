module yourbus

go 1.19
